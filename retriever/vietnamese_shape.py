"""Whether a token could be a Vietnamese syllable, by its letters alone."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.vietnamese import unmarked

_ONSET = r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_VOWELS = (
    "uye|uya|uyu|uoi|uou|ieu|yeu|oai|oao|oay|oeo|uay|uai"
    "|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy]"
)
_SYLLABLE = re.compile(rf"{_ONSET}(?:{_VOWELS})(?:ch|ng|nh|[cmnpt])?")
_TELEX = re.compile(r"(?<=[aou])w|(?<=a)a|(?<=e)e|(?<=o)o|(?<=^d)d")
_TONE = re.compile(r"(?<=[aeiouy])[sfrxj](?=[^aeiouy]*$)")


@lru_cache(maxsize=8192)
def is_syllable(folded: str) -> bool:
    """Whether a folded token is spelt like a Vietnamese syllable, with marks or without: "nghị", "tin"."""
    return _SYLLABLE.fullmatch(unmarked(folded)) is not None


@lru_cache(maxsize=8192)
def is_telex(folded: str) -> bool:
    """Whether a folded token is the keys of a syllable as Telex takes them: "ddaau", "nghieepj", "vaof"."""
    keys = _TELEX.sub("", folded)
    if is_syllable(keys):
        return keys != folded
    if keys[-1:] in ("s", "f", "r", "x", "j"):
        return is_syllable(keys[:-1])
    return keys != folded and is_syllable(_TONE.sub("", keys))  # "est" is no syllable, "nghieejp" is
