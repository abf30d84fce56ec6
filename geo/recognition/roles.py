"""What a recognised name does in its sentence: names a people, stands for a government, or names a place.

A country or a capital is read as its government where it speaks, acts or is spoken to ("Kabul demands", "accused
Pakistan"), owns an office ("Pakistan's military") or faces another power ("between Pakistan and the Taliban").
"""

from __future__ import annotations

import re

from geo.gazetteer import DEMONYM, Gazetteer
from geo.model import Role
from geo.recognition.evidence import is_government
from geo.recognition.names import Name
from geo.recognition.words import GOVERNMENT_VERBS
from geo.tokens import word_set

_LOOK = 48
_OWNS_OFFICE = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,3}?"
    r"(?:governments?|army|military|forces?|troops|soldiers|ministry|minister|president|premier"
    r"|spokes\w+|parliament|authorities|rulers|officials?|embassy|foreign office|administration|leaders?|media wing"
    r"|envoy|defen[cs]e|police|navy|air force|intelligence|delegation|negotiators"
    r"|accusations?|claims?|version|account|denial|decision|demands?|position|response|statement)\b"
)
_ACTS = re.compile(
    r"\s+(?:(?:also|then|first|later|again|itself|repeatedly|immediately|had|has|have|never|still|only|on \w+day)"
    r"\s+){0,2}"
    r"(?:saying|accusing|claiming|denying|blaming|insisting|demanding|urging|warning|rejecting"
    r"|fired|fires|attacked|struck|bombed|shelled|violated|opened fire|launched|carried out"
    r"|closed|shut|reopened|opened|denied|rejected|accused|blamed|retaliated|responded"
    r"|agreed|refused|demanded|expelled|deported|recogni[sz]es|does not|did not|do not|is not"
    r"|began|wants|calls|called"
    r"|put|gave|confirmed|put out|described|disputes|disputed|keeps|kept|holds|held|sealed|halted)\b"
)
_SPOKEN_TO = re.compile(
    r"\b(?:accus\w+|blam\w+|urg\w+|told|warn\w+|condemn\w+|summon\w+|criticis\w+|criticiz\w+|fac\w+|pressed|presses"
    r"|by|with|against|asked|asks|thanked|alongside|said|says|that|what|so|while|but|although|whether|because)\s+\Z"
)
_BETWEEN = re.compile(
    r"(?<!border )(?<!boundary )(?<!frontier )(?<!line )(?<!gate )(?<!crossing )(?<!crossings )"
    r"\bbetween\s+(?:[\w-]+\s+and\s+)?\Z",
    re.IGNORECASE,
)
_SAYS_BEFORE = word_set("said says that what so while but although whether because")


def judge_role(text: str, name: Name, gazetteer: Gazetteer) -> Role:
    """Role of a name before anything is known of events: mention, metonym or demonym."""
    if not name.known:
        return "mention"
    first = gazetteer.bearings(name.key)[0]
    if first.flags & DEMONYM:
        return "demonym"
    if is_government(gazetteer, name.key):
        return "metonym" if _stands_for_government(text, name) else "mention"
    return "mention"


def _stands_for_government(text: str, name: Name) -> bool:
    after = text[name.end : name.end + _LOOK]
    if _OWNS_OFFICE.match(after):
        return True
    before = text[max(0, name.start - _LOOK) : name.start]
    if before.endswith("according to "):
        return True
    if name.relation not in (None, "between"):
        return False
    acts = name.after in GOVERNMENT_VERBS or _ACTS.match(after) is not None
    if acts and not re.search(r"\b(?:in|at|of|from|to|into|inside|near|over|across)\s+(?:\w+ern\s+)?\Z", before):
        return True
    spoken_to = _SPOKEN_TO.search(before)
    if spoken_to and spoken_to[0].strip() not in _SAYS_BEFORE:
        return True
    return _BETWEEN.search(before) is not None
