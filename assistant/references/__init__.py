"""Owns reading the recommendation numbers that people type, in any notation, in Japanese and English.

`D-1-5`, `Ｄの１⑤`, 「防衛政策１の５番」, "the third cyber item", `A-1〜A-3`, "section B": all become numbers of the
proposal. `ReferenceReader` is the only door; inside, `numerals` and `notation` read numbers, `places` the words for
a place in a list, `sections` the words for a section, `numbering` knows which numbers exist, `lookalikes` what is none.
"""

from assistant.references.reader import ReferenceReader

__all__ = ["ReferenceReader"]
