"""What every test shares: property tests that find the same thing on every run and on every machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "archsmith",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("archsmith")
