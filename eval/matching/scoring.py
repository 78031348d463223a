"""How much of what a profile can claim was found, found as met, and what only looks like a benefit was called met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from eval.matching.profiles import Benefit, Profile

_BLANK = re.compile(r"\s+")
MATCHED = ("met", "open")  # the statuses of a match that offer a benefit

MatchJson = Mapping[str, object]
"""A match as ``bot match --json`` gives it."""


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """What came of profiles: of each sort how many there are, and of how many what was wanted holds."""

    profiles: int = 0
    met: int = 0  # benefits that are met, soft ones left out
    met_found: int = 0
    met_as_met: int = 0
    open: int = 0
    open_found: int = 0
    look_alikes: int = 0
    look_alikes_as_met: int = 0
    matches: int = 0  # met and open ones shown
    matches_met: int = 0
    unfounded: int = 0  # met ones with a condition that is not met, has no words, or no reason

    def plus(self, other: MatchCounts) -> MatchCounts:
        """Both together."""
        return MatchCounts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def shares(self) -> dict[str, float | None]:
        """The metrics; None where there is nothing to count."""
        return {
            "met-found": _share(self.met_found, self.met),
            "met-as-met": _share(self.met_as_met, self.met),
            "open-found": _share(self.open_found, self.open),
            "look-alikes-as-met": _share(self.look_alikes_as_met, self.look_alikes),
            "unfounded-met": _share(self.unfounded, self.matches_met),
        }


def score(profile: Profile, matches: Sequence[MatchJson]) -> MatchCounts:
    """One profile held against its matches."""
    offered = [match for match in matches if match.get("status") in MATCHED]
    as_met = [match for match in matches if match.get("status") == "met"]
    met = [benefit for benefit in profile.benefits if benefit.status == "met" and not benefit.soft]
    left_open = [benefit for benefit in profile.benefits if benefit.status == "open" and not benefit.soft]
    return MatchCounts(
        profiles=1,
        met=len(met),
        met_found=sum(_is_hit(benefit, offered) for benefit in met),
        met_as_met=sum(_is_hit(benefit, as_met) for benefit in met),
        open=len(left_open),
        open_found=sum(_is_hit(benefit, offered) for benefit in left_open),
        look_alikes=len(profile.look_alikes),
        look_alikes_as_met=sum(_is_hit(benefit, as_met) for benefit in profile.look_alikes),
        matches=len(offered),
        matches_met=len(as_met),
        unfounded=sum(not _is_founded(match) for match in as_met),
    )


def missed(profile: Profile, matches: Sequence[MatchJson]) -> dict[str, list[str]]:
    """The first words of every benefit that was not found, was found open though met, and of look-alikes called met."""
    offered = [match for match in matches if match.get("status") in MATCHED]
    as_met = [match for match in matches if match.get("status") == "met"]
    counted = [benefit for benefit in profile.benefits if not benefit.soft]
    return {
        "not_found": [item.quotes[0] for item in counted if not _is_hit(item, offered)],
        "only_open": [
            item.quotes[0]
            for item in counted
            if item.status == "met" and _is_hit(item, offered) and not _is_hit(item, as_met)
        ],
        "look_alikes_as_met": [item.quotes[0] for item in profile.look_alikes if _is_hit(item, as_met)],
    }


def _is_hit(benefit: Benefit, matches: Iterable[MatchJson]) -> bool:
    """True when a quote of a match and one of the benefit contain one another, blanks aside."""
    wanted = [_squeezed(quote) for quote in benefit.quotes]
    given = [_squeezed(str(quote)) for match in matches for quote in _list(match.get("quotes"))]
    return any(want in got or got in want for want in wanted for got in given if got)


def _is_founded(match: MatchJson) -> bool:
    conditions = [cast("dict[str, object]", condition) for condition in _list(match.get("conditions"))]
    return all(one.get("status") == "met" and one.get("span") and one.get("because") for one in conditions)


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
