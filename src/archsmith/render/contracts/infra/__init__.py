"""Container images, and the compose file that runs them."""
