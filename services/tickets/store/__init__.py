"""What tickets remembers: its collections, indexes and queries; the only room that speaks MongoDB."""

from services.tickets.store.categories import Categories
from services.tickets.store.colleagues import Colleagues
from services.tickets.store.desk_work import DeskWork
from services.tickets.store.equipment import Equipment
from services.tickets.store.learned import Learned
from services.tickets.store.merged import MergedPeople
from services.tickets.store.notices import Notices
from services.tickets.store.plans import Plans
from services.tickets.store.rules import AssignmentRules
from services.tickets.store.shelf import Shelf
from services.tickets.store.tellings import Tellings
from services.tickets.store.templates import Templates
from services.tickets.store.tickets import Tickets
from services.tickets.store.unread import Unread
from services.tickets.store.views import Views

__all__ = [
    "AssignmentRules",
    "Categories",
    "Colleagues",
    "DeskWork",
    "Equipment",
    "Learned",
    "MergedPeople",
    "Notices",
    "Plans",
    "Shelf",
    "Tellings",
    "Templates",
    "Tickets",
    "Unread",
    "Views",
]
