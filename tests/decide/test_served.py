"""What a cache may serve, and how old it may be, in the words of its decision."""

import msgspec
from tests.decide.shop import DOMAIN, QUERY, demand, fact, ground, operation

from archsmith.decide.dimensions.cache import cache
from archsmith.decide.staleness import served
from archsmith.kernel.units import Seconds
from archsmith.model.domain import Access

ENTITIES = {e.id: e for e in DOMAIN.entities}
VIEW = operation("view-article", "customer", "article", QUERY, Access.GET, 20, 42)
LIST = operation("list-article", "customer", "article", QUERY, Access.LIST, 2, 4)
PHOTO = operation("view-photo", "customer", "photo", QUERY, Access.GET, 50, 90)


def aged(seconds: float) -> tuple[str, ...]:
    return served([msgspec.structs.replace(VIEW, freshness=fact(Seconds(seconds))), LIST, PHOTO], ENTITIES)


def test_the_strictest_reader_says_how_old_it_may_be() -> None:
    assert aged(60.0) == ("photos until they change", "articles up to 60 s old")


def test_nothing_is_served_where_nothing_is_asked() -> None:
    assert served([], ENTITIES) == ()


def test_the_decision_names_it() -> None:
    rows = {o.key: o for o in cache(ground(msgspec.structs.replace(demand(), served=aged(60.0))))}
    assert "articles up to 60 s old" in rows["in_process_cache"].why
    assert "articles" not in rows["none"].why


def test_rows_of_one_person_are_served_by_no_cache() -> None:
    assert demand().served == ("articles until they change", "photos until they change")  # not orders
