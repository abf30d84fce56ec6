"""What someone named in English is in a report, by the words of the clause: who speaks, holds an office, is harmed."""

from __future__ import annotations

from enum import Enum, auto

from geo.victims import words
from geo.victims.candidates import ABBREVIATIONS, Likeness, Name, Tokens, word_kind

_BACK, _AHEAD, _APPOSITION = 8, 10, 30
"""Tokens looked through before a name, after it, and between the commas beside it: bounded, to keep time linear."""
_PERSONAL = words.ROLES | words.KIN | words.RANKS | words.HONORIFICS
_NEAREST = words.RANKS | words.KIN
_CLOSES = frozenset((".", "!", "?", ";", ":", "”", '"'))
_BREAKS_BACK = _CLOSES | frozenset(
    (",", "(", ")", "“", "–", "—", "that", "and", "but", "which", "who", "while", "when")
)
_NAMING = frozenset(
    ("identified", "named", "known", "victims", "dead", "deceased", "martyrs", "name", "names", "recognised")
)
_BEFORE_DESCRIPTION = frozenset(("whose", "a", "an", "the", "his", "her", "their", "another"))
_ENDS_DESCRIPTION = frozenset(("said", "told", "says", "which", "where", "after", "and", "by"))
_QUOTES = frozenset(("”", '"', "’", "'", "–", "?", "!"))
_VERBS = words.SPEECH | words.FINISHED | words.AUXILIARY
_IN_OFFICE = frozenset(("of", "for", "in", "at", "to"))
"""What goes on in "a spokesman for the hospital in Khost, Khan"."""
_ONLY_PAST = frozenset(("spoke", "told", "wrote", "said", "says", "warned", "complained"))
"""Verbs of saying whose subject speaks whatever follows: "spoke of six dead"."""
_OF_OTHERS = frozenset(("of", "as", "by", "missing", "dead", "killed"))
_OWNED = words.OF_ONE | words.KIN | frozenset(("friends", "colleagues", "relative", "comrades", "lawyers"))
_HEADS = words.OFFICE | words.ROLES
_ONLY_TITLES = (words.RANKS | words.HONORIFICS) - words.ROLES
_HUNDRED = 3
"""Digits of a number that is no age."""


class Role(Enum):
    """What someone named is in a report."""

    SPEAKER = auto()
    OFFICE = auto()
    """Holds an office, and is not said to be harmed."""
    HARMED = auto()
    """Said to be harmed, by words of the clause."""
    NEAR = auto()
    """Named where harm is told of."""
    NONE = auto()
    """A place, an organisation, whoever did it, or someone elsewhere in the report."""
    UNKNOWN = auto()
    """A single word that tells nothing; harmed when it stands in a list of those who are."""


class RoleReader:
    """Reads the roles of the names of one sentence."""

    def __init__(
        self, tokens: Tokens, first: int, last: int, places: frozenset[str], *, tells: bool, near: bool
    ) -> None:
        self._tokens, self._low, self._first, self._last = tokens, tokens.lower, first, last
        self._places, self._tells, self._near = places, tells, near

    def find_role(self, name: Name) -> Role:
        """What the words beside a name say of who bears it."""
        after = self._read_after(name)
        if (after is Role.SPEAKER and not self._is_owner(name)) or self._is_spoken(name):
            return Role.SPEAKER
        lead, cue = self._read_before(name)
        strong = after is Role.HARMED or cue is Role.HARMED
        if name.likeness is Likeness.NONE and not (strong and lead & _PERSONAL and not name.opens):
            return Role.NONE
        if self._is_place(name, lead, strong=strong, cued=cue is Role.HARMED):
            return Role.NONE
        if strong and (self._near or self._tells):
            return self._trust(name, lead, Role.HARMED)
        if after is Role.OFFICE or cue is Role.OFFICE:
            return Role.OFFICE
        if cue is Role.NONE:
            return Role.NONE
        personal = bool(lead & _PERSONAL) or after is Role.NEAR
        if self._tells:
            return self._trust(name, lead, Role.HARMED if personal else Role.NEAR, personal=personal)
        if self._near and (personal or name.likeness is Likeness.NAMED):
            return self._trust(name, lead, Role.NEAR, personal=personal)
        return Role.UNKNOWN

    def _is_owner(self, name: Name) -> bool:
        """Whether it is the relatives of the one named who speak."""
        low, index = self._low, name.first - 1
        while index > self._first and (low[index] in words.RANKS or low[index] in words.HONORIFICS):
            index -= 1
        return index > self._first and low[index] == "of" and low[index - 1] in _OWNED

    def _trust(self, name: Name, lead: set[str], role: Role, *, personal: bool = True) -> Role:
        """The role, unless a single word tells too little of a person to bear it."""
        if name.likeness >= Likeness.RUN or (personal and not (name.opens and name.likeness is Likeness.NONE)):
            return role
        return Role.UNKNOWN

    # ---- before ----------------------------------------------------------------------------------------------------

    def _read_before(self, name: Name) -> tuple[set[str], Role]:
        """The words that lead to a name, and what they make of it."""
        low, lead, index = self._low, set[str](), name.first - 1
        while index > self._first and (low[index] in words.HONORIFICS or low[index] in words.RANKS):
            lead.add(low[index])
            index -= 1
        apart = index >= self._first and low[index] == ","
        index -= apart  # "the acting minister, Khan"
        floor = max(self._first, name.first - _BACK)
        while index >= floor and (low[index] not in _BREAKS_BACK or self._abbreviates(index)):
            word = low[index]
            if word in words.HARMS:
                return lead, Role.HARMED
            if word == "of" and low[index - 1] in _HEADS and index - 1 >= floor:
                index -= 1
            elif apart and word in _IN_OFFICE:
                return lead & _ONLY_TITLES, self._find_office(index, floor)
            elif word in words.LINKS or word in words.LOCATIVE or word in ("as", "than"):
                return lead, self._read_link(index, lead)
            elif word in words.PASSIVE:
                return lead, self._after_copula(index, lead)
            elif word in words.SPEECH and word not in ("called", "counts"):
                break
            lead.add(word)
            index -= 1
        if index >= self._first and low[index] in (":", "–", "—", "-", ")") and self._tells:
            return lead, Role.OFFICE if lead & words.OFFICE else Role.HARMED if low[index] == ":" else Role.UNKNOWN
        return lead, Role.OFFICE if lead & words.OFFICE else Role.UNKNOWN

    def _find_office(self, index: int, floor: int) -> Role:
        """Whether "a spokesman for the hospital in" ends here: what else is told before a place is of others."""
        while index >= floor and self._low[index] not in _BREAKS_BACK and self._low[index] not in words.HARMS:
            if self._low[index] in words.OFFICE:
                return Role.OFFICE
            index -= 1
        return Role.UNKNOWN

    def _read_link(self, index: int, lead: set[str]) -> Role:
        """What a name is to the word before a preposition: "body of", "killed by", "identified as"."""
        low, word = self._low, self._low[index]
        before = low[index - 1] if index > self._first else ""
        if word == "by":
            return Role.HARMED if before == "survived" else Role.NONE
        if word == "as":
            return Role.HARMED if _NAMING.intersection(low[max(self._first, index - _BACK) : index]) else Role.UNKNOWN
        if word in ("on", "at") and before in ("fire", "attack", "shots", "assault", "firing"):
            return Role.HARMED
        if word in ("of", "for", "from") and before in words.OF_ONE:
            return Role.HARMED
        return Role.OFFICE if lead & words.OFFICE else Role.UNKNOWN

    def _after_copula(self, index: int, lead: set[str]) -> Role:
        """ "Among the dead were", "the dead man was"."""
        if lead & words.OFFICE:
            return Role.OFFICE
        before = self._low[max(self._first, index - 2 * _BACK) : index]
        return Role.HARMED if not words.HARM.isdisjoint(before) else Role.UNKNOWN

    def _is_spoken(self, name: Name) -> bool:
        """Whether "said" stands before a name with nobody before it to say so: ``," said the elder Khan``."""
        low, floor = self._low, max(self._first, name.first - _BACK)
        index = self._walk_back(name.first - 1, floor)
        if index >= floor and low[index] == "," and index == name.first - 1:
            index = self._walk_back(index - 1, floor)
        if index > floor and low[index] == "to":
            return low[index - 1] == "according"
        if index < floor or low[index] not in ("said", "says", "added", "adds", "wrote", "recalled", "asked", "quoted"):
            return False
        if not words.NOT_TITLES.isdisjoint(low[index + 1 : name.first]):
            return False
        before = low[index - 1] if index > self._first else ","
        after = low[name.last] if name.last < self._last else "."
        return low[index] == "quoted" or before in _QUOTES or (before == "," and self._ends_clause(index, after))

    def _walk_back(self, index: int, floor: int) -> int:
        """The token, at or before another, that says something or ends a clause."""
        low = self._low
        while index >= floor and (low[index] not in _BREAKS_BACK or self._abbreviates(index)):
            if low[index] in words.SPEECH or (low[index] == "to" and low[index - 1] == "according"):
                return index
            index -= 1
        return index

    def _ends_clause(self, said: int, after: str) -> bool:
        """Whether a quotation closes before "said", or nothing is said of the name that comes after it."""
        quoted = said > self._first + 1 and self._low[said - 2] in _QUOTES
        return quoted or after in _CLOSES or after in (",", "who", "of", "in", "from", "–", "—", "(", "at")

    def _abbreviates(self, index: int) -> bool:
        return self._low[index] == "." and self._low[index - 1] in ABBREVIATIONS

    # ---- after -----------------------------------------------------------------------------------------------------

    def _read_after(self, name: Name) -> Role:
        """What the words after a name say of who bears it."""
        low, index = self._low, name.last
        if self._tokens.owns(name.last - 1):
            return self._read_owned(index)
        found = Role.UNKNOWN
        for _ in range(2):
            if (
                index + 1 < self._last
                and low[index] in (",", "–", "—")
                and low[index + 1] in _VERBS
                and not self._is_participle(index + 1)
            ):
                index += 1
                break
            if index < self._last and low[index] in (",", "(", "–", "—"):
                if self._goes_on_list(index):
                    break
                inside, index = self._read_apposition(index)
                found = inside if found is Role.UNKNOWN else found
                if inside is Role.SPEAKER:
                    return inside
        verb = self._read_verb(index)
        if verb is Role.SPEAKER:
            return verb
        return Role.HARMED if Role.HARMED in (verb, found) else found

    def _read_owned(self, index: int) -> Role:
        """ "Khan's body", "Khan's house was shelled"."""
        owned = self._low[index : min(index + 3, self._last)]
        if not words.OF_ONE.isdisjoint(owned):
            return Role.HARMED if self._near else Role.NEAR
        return Role.UNKNOWN

    def _read_apposition(self, index: int) -> tuple[Role, int]:
        """What stands between commas or brackets after a name, and the token after it."""
        low, opener = self._low, self._low[index]
        close = {"(": (")",), ",": (",",), "–": ("–", "—"), "—": ("–", "—")}[opener]
        stop = min(self._last, index + _APPOSITION)
        end = next((at for at in range(index + 1, stop) if low[at] in close or low[at] in _CLOSES), stop)
        inside = low[index + 1 : end]
        closed = end < stop and low[end] in close
        return self._weigh_apposition(index + 1, inside), (end + 1 if closed else end)

    def _goes_on_list(self, index: int) -> bool:
        """Whether a comma parts a name from the next of a list, or from a clause with a verb of its own."""
        if self._low[index] != "," or index + 1 >= self._last:
            return False
        after = self._low[index + 1]
        if self._tokens.words[index + 1][0].isupper() and after not in words.OFFICE and word_kind(after) >= 1:
            return True
        return after in ("and", "but", "when", "while", "as")

    def _weigh_apposition(self, at: int, inside: list[str]) -> Role:
        """What stands beside a name, by its first words."""
        if not inside:
            return Role.UNKNOWN
        if inside[0] == "who":
            verb = self._read_verb(at + 1)
            return Role.HARMED if verb is Role.UNKNOWN and not words.HARM.isdisjoint(inside) else verb
        if inside[0] in ("speaking", "quoting", "citing"):
            return Role.SPEAKER
        if (inside[0].isdigit() and len(inside[0]) < _HUNDRED) or inside[0] in ("aged", "age"):
            return Role.NEAR
        if self._tokens.words[at][0].isupper() and word_kind(inside[0]) >= 1 and inside[0] not in words.OFFICE:
            return Role.UNKNOWN  # the next of a list
        return self._weigh_description(inside)

    def _weigh_description(self, inside: list[str]) -> Role:
        """Whether "the minister", "a shepherd" or "brother of the governor" stands beside a name."""
        for place, word in enumerate(inside[:_BACK]):
            if word in words.OFFICE:
                return Role.OFFICE
            if word in words.KIN and "of" in inside[place : place + 3]:
                return Role.NEAR
            if word in _ENDS_DESCRIPTION:
                break
        described = inside[0] in _BEFORE_DESCRIPTION or inside[0] in _PERSONAL
        return Role.NEAR if described else Role.UNKNOWN

    def _read_verb(self, index: int) -> Role:
        """The verb whose subject ends before a token."""
        low, passive, stop = self._low, False, min(self._last, index + _AHEAD)
        for at in range(index, stop):
            word = low[at]
            if word in words.PASSIVE:
                passive = True
            elif word in words.SPEECH and not passive:
                return Role.UNKNOWN if self._is_participle(at) else Role.SPEAKER
            elif word in words.FINISHED or (passive and word in words.BEFELL):
                return Role.HARMED
            elif word in words.AUXILIARY or word == "who":
                continue
            elif word == "," and not passive and at > index and low[at + 1 : at + 2] and low[at + 1] in words.SPEECH:
                return Role.SPEAKER
            elif (
                word in _CLOSES
                or word == ","
                or passive
                or (at == index and word not in words.LINKS and word not in ("and", "also", "in", "at"))
                or word in words.BEFELL
                or word in ("to", "that", "by", "after", "when", "because")
            ):
                return Role.UNKNOWN
        return Role.UNKNOWN

    def _is_participle(self, index: int) -> bool:
        """Whether a verb of saying is of what others say: "accused of spying", "described as a tailor"."""
        low = self._low
        word = low[index]
        if word not in words.SPEECH or word in _ONLY_PAST:
            return False
        return index + 1 < self._last and low[index + 1] in _OF_OTHERS

    # ---- places ----------------------------------------------------------------------------------------------------

    def _is_place(self, name: Name, lead: set[str], *, strong: bool, cued: bool) -> bool:
        """Whether a name is a place's, or a group's, by the words beside it."""
        low, personal = self._low, bool(lead & _PERSONAL)
        after = low[name.last] if name.last < self._last else ""
        if after in words.UNITS:
            return True
        if not personal and (after in words.PLACE_AFTER or (after == "," and self._is_known(name.last + 1))):
            return True
        before = low[name.first - 1] if name.first > self._first else ""
        if before in ("st", ".") and "st" in low[max(self._first, name.first - 2) : name.first]:
            return True
        if name.likeness is Likeness.WORD and not personal and self._is_beside(name, after):
            return True
        if before in words.LOCATIVE:
            return not cued or name.likeness < Likeness.RUN
        if before == "the" and not personal:
            return True
        if name.text.lower() in self._places:
            named = strong and name.likeness is Likeness.NAMED
            return before in words.LINKS or not (named or lead & _NEAREST)
        if before in words.LINKS and name.likeness is Likeness.WORD:
            return not cued
        return before in words.LINKS and name.likeness < Likeness.NAMED and not strong

    def _is_beside(self, name: Name, after: str) -> bool:
        """Whether one word says whose or what kind: "Patrick's Day", "a Khost man"."""
        owned = name.first > self._first and self._tokens.owns(name.first - 1)
        return (owned and self._tokens.words[name.first - 1][0].isupper()) or after in words.ROLES or after in words.KIN

    def _is_known(self, index: int) -> bool:
        """Whether a country or other proper noun that is no person's stands here."""
        return index < self._last and self._low[index] in words.NO_NAME and self._tokens.words[index][0].isupper()
