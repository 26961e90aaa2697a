"""Who is who across articles: speakers of several articles -> one identity, and why.

Pure functions of names and roles; no store, no network. `keys` say which speakers to compare,
`same` whether two are one, `choose` to which of the known ones a new one belongs. A wrong merge is
worse than a missed one: what is not told is not assumed, and readers can merge by hand.

Limits: names in Latin letters, as English-language news writes them. Two persons of one infrequent
full name are taken for one unless their roles conflict, and so are father and son of one name and
one office. Misprints, acronyms and new names (by marriage, of office) are not resolved.
"""

from webapp.identity.speakers import Choice, Known, choose, keys, known, same
from webapp.identity.verdict import Reason, Verdict

__all__ = ["Choice", "Known", "Reason", "Verdict", "choose", "keys", "known", "same"]
