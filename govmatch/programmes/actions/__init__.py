"""Making and changing programmes, rounds, and who takes part."""

from govmatch.programmes.actions.changing import (
    Switch,
    Terms,
    set_letter,
    set_rules,
    set_terms,
    set_voices,
)
from govmatch.programmes.actions.making import (
    create_from_template,
    current_version,
    load_programme,
)
from govmatch.programmes.actions.rounds import RoundValues, change_round, create_round, load_round
from govmatch.programmes.actions.taking_part import add_authorities, set_authorities

__all__ = [
    "RoundValues",
    "Switch",
    "Terms",
    "add_authorities",
    "change_round",
    "create_from_template",
    "create_round",
    "current_version",
    "load_programme",
    "load_round",
    "set_authorities",
    "set_letter",
    "set_rules",
    "set_terms",
    "set_voices",
]
