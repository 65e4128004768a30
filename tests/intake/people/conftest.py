"""The people of the small town, for what is entered about them."""

from tests.people_town import own_people_store, people_store
from tests.small_organisation import small_store

__all__ = ["own_people_store", "people_store", "small_store"]
