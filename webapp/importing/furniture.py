"""Paragraphs of a page that are no part of its article: advertisements, buttons, captions.

A line that stays is a small harm, a sentence that is lost a great one. So each rule knows words
that no article says of itself ("our newsletter"), or wants what follows to be names, or a
headline, which has no stop at its end.
"""

import re

LONGEST = 120
"""In code points: a longer paragraph is text, whatever it begins with."""

LONGEST_CAPTION = 300
"""In code points, of a caption that its credit gives away, and of a notice that is known whole."""

# What somebody says is never taken away. ’ is an apostrophe too often.
_QUOTATION = re.compile(r"""[“”„"«»‹›‘「『]|(?<!\w)'(?=\w)""")

# Each word in one way only, or a long line of names would take for ever.
_NAME = r"(?-i:[^\W\d_a-z][\w.’'&-]*)"
_JOINING = r"(?-i:[-–—&+]|of|and|the|for|via|in|an?|de|da|di|van|von)"
_NAMES = rf"@?{_NAME}(?:[\s/|,()]+(?:{_NAME}|{_JOINING}))*\)?"
_TIME = rf"(?:[\s,]+(?:[\d:.]+|(?-i:at|[ap]\.?m\.?)|{_NAME}))+"
_HEADLINE = r"(?:.*(?<![.?!]))"
_QUESTION = r"(?:.*(?<!\.))"  # a headline too, one that may ask or cry
_NETWORK = r"""(?:facebook|twitter|x|instagram|telegram|linkedin|youtube|tiktok|whats?app|threads
    |bluesky|mastodon|google\ news|social\ media|e-?mail|reddit|pinterest|flipboard)"""
_NETWORKS = rf"{_NETWORK}(?:(?:,|,?\ and|,?\ or)?\ {_NETWORK}){{0,5}}"
_LETTERS = r"(?:newsletters?|briefings?|digest|podcasts?|(?:youtube\ |telegram\ )?channel|alerts)"

# Buttons and labels that are nothing else, wherever they stand. One stop alone ends a sentence.
_LABELS = re.compile(
    rf"""[^\w“”"‘’«„]*(?:
    advertise?ment | advertising | sponsored(?:\ content)? | promoted(?:\ content)?
    | anzeige | werbung | publicité | publicidad | pubblicità | publicidade
    | (?:story|article)\ continues\ (?:after|below)(?:\ this)?(?:\ the)?\ ad(?:vertise?ment)?
    | article\ continues\ below | after\ newsletter\ promotion
    | skip\ (?:to\ (?:main\ )?content|advertise?ment|ad|past\ newsletter\ promotion)
    | share(?:\ (?:this|the|full)(?:\ (?:article|story|post|page))?)?
      (?:\ (?:on|via|by):?\ {_NETWORKS})?
    | (?:tweet|facebook|twitter|whats?app|linkedin|telegram|e-?mail|print|copy\ link|save|bookmark)
      (?:\ (?:this|it)(?:\ (?:article|story|page))?)?
    | (?:leave\ a\ |post\ a\ |view\ |show\ |\d{{1,5}}\ )?comments?(?:\ \(?\d{{1,5}}\)?)?
    | (?:most|more)\ (?:read|popular|viewed) | trending(?:\ now)? | editors?[’']?s?\ picks?
    | topics
    | related(?:\ (?:articles?|stories|story|content|topics|coverage|news|links?))?
    | (?:recommended|suggested)\ (?:stories|topics|reading)
    | you\ may\ also\ (?:like|be\ interested\ in)
    | more\ (?:on\ this\ (?:story|topic)|from\ (?:this\ section|the\ web)|stories)
    | (?:\d{{1,3}}[\ -]min(?:ute)?s?\ read | reading\ time:?\ \d{{1,3}}\ min(?:ute)?s?)
    | listen\ to\ this\ (?:article|story)(?:\ ·\ \d{{1,2}}:\d\d(?:\ min)?)?
    | (?:like\ )?loading | like\ this | see\ more | show\ more | back\ to\ top | play\ video
    | read\ (?:more|next|also|the\ full\ (?:story|article)) | continue\ reading
    | (?:un)?subscribe(?:\ (?:now|today|here))? | sign\ up(?:\ (?:now|today|here))?
    | (?:sign|log)\ in | follow\ us | getty\ images | file\ (?:photo|picture|image)
    | view\ (?:this\ e-?mail\ )?in\ (?:your\ )?browser | purchase\ licensing\ rights
    | view\ this\ post\ on\ instagram
    | list\ of\ \d{{1,2}}\ items | end\ of\ list | \d{{1,3}}\ of\ \d{{1,3}}\ \|
    )(?:\.\.\.|[^\w.])*
    | _{{2,}} | [◆◼■]+""",
    re.IGNORECASE | re.VERBOSE,
)

# Invitations and notices.
_NOTICES = re.compile(
    rf"""[^\w]*(?:
    (?:subscribe|sign\ up|register)\ (?:here\ )?(?:to|for)\ our\b.*\b(?:{_LETTERS}|e-?mails?)\b[^,]*
    | (?:subscribe|sign\ up|register)\ (?:here\ )?(?:to|for)\ (?:[\w’'-]+\ ){{1,6}}newsletters?
      (?:\ (?:here|now|today))?[^\w.]*
    | sign\ up\ here\.
    | (?:get|receive)\ our\b[^,]*\b{_LETTERS}\b[^,]*
    | (?:get|receive)\ (?:all\ the|breaking|the\ (?:latest|best|top))\b.*
      \b(?:{_LETTERS}|(?:in|to)\ your\ inbox)\W*
    | (?:download|get)\ our\ .{{0,30}}\bapp\b[^,]*
    | (?:follow|like)\ us\ on\ {_NETWORKS}(?:\ for\ [^,.]*)?\W*
    | follow\ (?:our\ [\w\ ]{{1,40}}|{_NAMES})\ on\ {_NETWORKS}[^\w.]*
    | follow\ {_NAME}\ coverage\ of\ [^.]*\ at\ https?://\S+
    | join\ (?:us\ on|our)\b[^,]*\b(?:channel|telegram|whatsapp|group)\b[^,]*
    | (?-i:Read|READ|See|SEE|Watch|WATCH|Listen|LISTEN)\s*(?::|»|›|>|\|){_HEADLINE}
    | (?:read|see|watch|listen)\ (?:more|also|next|here)(?:\ (?:on|about|from)\b[\w\ ]{{0,40}})?
      \s*(?::|»|›|>|\|){_QUESTION}
    | (?:also\ read|more\ on\ this|related(?:\ (?:articles?|stories|story|content|coverage))?)
      \s*(?::|»|›|>|\|){_QUESTION}
    | (?:lesen\ sie\ (?:auch|hier|dazu)|mehr\ zum\ thema|(?:à\ )?lire\ (?:aussi|également)
      |(?:lea|lee|leer)\ (?:también|además|más)|leggi\ anche|lei?a\ (?:também|mais))
      \s*(?::|»|›|>|\|){_QUESTION}
    | (?:tags|filed\ under|posted\ in)\s*:{_HEADLINE}
    | read\ the\ full\ (?:story|article)(?:\ here|\ (?:on|at)\ {_NAMES})?\W*
    | already\ a\ (?:subscriber|member)\?\ (?:log|sign)\ in(?:\ here)?\W*
    | (?:subscribe|sign\ in|log\ in)\ to\ (?:continue|keep)\ reading\W*
    | to\ (?:continue|keep)\ reading,?\ (?:please\ )?(?:subscribe|sign\ in|log\ in|register)\W*
    | you\ have\ (?:\d|one|two|three|no)\ (?:more\ )?free\ articles?\ (?:left|remaining)
      (?:\ this\ (?:week|month))?\W*
    | a\ post\ shared\ by\ [^.]*\(@[\w.]+\)
    | (?:click|tap)\ here(?:\ (?:to|for)\ [^,.]*)?\W*
    | this\ (?:story|article|post|page|report)\ has\ been\ updated\W*
    | this\ (?:(?:story|article|post)\ has\ been|(?:story|post)\ was)\ (?:last\ )?updated
      \ (?:to\ (?:include|add|correct|clarify|reflect)\ .*|(?:on|at){_TIME}\W*)
    | this\ (?:story|article)\ was\ originally\ published\ (?:on|at|by)\ {_NAMES}\W*
    | this\ is\ a\ (?:developing|breaking)\ (?:news\ )?story
      (?:\W.*\b(?:updated?|updates|check\ back|more)\b.*)?\W*
    | (?:copyright\W*)?©\s*(?:\d{{4}}\b|{_NAMES}).*
    | copyright\ (?:\(c\)\ )?\d{{4}},?\ {_NAMES}\W*(?:all\ rights\ reserved\W*)?
    | {_NAMES}\ ©\ ?\d{{4}}\b.*
    | (?:{_NAMES}(?:\ \d{{4}})?[.,|]?\ )?all\ rights\ reserved(?:\.\ .*|\W*)
    | \(?with\ (?:inputs?|reporting)\ from\ (?:agencies|{_NAMES})\W*
    | the\ post\ .+\ appeared\ first\ on\ {_NAMES}
    | this\ video\ can\ ?not\ be\ played\W*
    | to\ play\ this\ video\ you\ need\ to\ enable\ javascript\ in\ your\ browser\W*
    | (?:do\ you\ have|got)\ a\ (?:story|tip)\b.*\?\ .*\S+@\S+\.\S+
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# Notices of papers that print them below each article in the same words.
_STANDING = re.compile(
    r"""a\ version\ of\ this\ (?:article|story)\ (?:appears|appeared|was\ published)\ in\ print\b.*
    | do\ you\ have\ an\ opinion\ on\ the\ issues\ raised\ in\ this\ article\?.*
    | get\ the\ latest\ news\b.*\bnewsletter\.\ sign\ up\ here\.
    | \(?this\ (?:story|article)\ has\ not\ been\ edited\ by\b.*\bfeed\b.*""",
    re.IGNORECASE | re.VERBOSE,
)
_STANDARDS = re.compile(r"Our Standards: .{0,60}Trust Principles(?:\.?,? opens new tab)?\W*")

# Captions and credits of pictures.
_PICTURE = r"(?:photos?|fotos?|photographs?|images?|pictures?|illustrations?|graphics?|videos?)"
_CREDITS = re.compile(
    rf"""[^\w]*(?:
    (?:{_PICTURE}|pictured|caption|{_PICTURE}\ (?:credits?|source))
      (?:\s*:\s*{_HEADLINE}|\s*[:/|]\s*{_NAMES})
    | {_PICTURE}\ (?:by|courtesy\ of)\ (?:the\ )?{_NAMES}\W*
    | credit\s?(?::|\.\.\.)\s?{_NAMES}\W*
    | image\ source,\ {_NAMES} | (?:image|media)\ caption,{_HEADLINE}
    | file\ (?:photo|picture|image)s?(?:\ of\ |\s*[:,]){_HEADLINE}
    | (?:[^.!?]{{0,60}}[/|©]\s*|{_NAMES}\s(?:via\ |[-–—]\ ))getty\ images[^\w.]*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# With a sentence before the credit only where no text of an agency ends so.
_CREDITED = re.compile(
    rf"""FILE\ [-–—]{{1,2}}\ .* | FILE\ PHOTO(?::|\ [-–—]).*
    | .*[(\[](?:AP|AFP|EPA|Reuters|Handout)\s(?:Photo|Image|Picture|Pool)s?\s?[/:]
      [^()\[\]]{{1,60}}[)\]]
    | .*[(\[]Photo\ by\ [^()\[\]]{{1,60}}(?:/|\ via\ )\s?(?:AP|AFP|Reuters|Getty\ Images)[)\]]
    | .*\sREUTERS/{_NAMES}
    | .*\sPhotograph:\ {_NAME}[^.:/]{{1,40}}/{_NAMES}
    | [^.?!]*[(\[](?:[Ff]ile\s)?(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?|Pool)(?:\ by\ |\s?[/:])
      [^()\[\]]{{1,60}}[)\]]
    | [^.?!]*\[(?:AFP|EPA(?:-EFE)?)\]
    | [^.?!]*(?:[(\[]|[/|]\s)(?:AFP\ )?(?:via\ )?Getty\ Images[)\]]?
    | [^.?!]*[(\[](?:File:\ )?{_NAME}\ [^()\[\]/]{{1,60}}/\s?
      (?:AP|AFP|EPA|Reuters|Getty\ Images|Shutterstock|dpa)[)\]]
    | [^.?!]*\[(?:File:\ )?{_NAME}\ [^()\[\]/]{{1,60}}/\s?{_NAMES}\]""",
    re.VERBOSE,
)


def has_quotation(text: str) -> bool:
    """May somebody be quoted in it?"""
    return _QUOTATION.search(text) is not None


def is_label(paragraph: str) -> bool:
    """Is it a button or a label alone ("Advertisement")? No headline is."""
    return len(paragraph) <= LONGEST and _LABELS.fullmatch(paragraph) is not None


def is_page_end(paragraph: str) -> bool:
    """Does a page say here, below its article, by which standards its paper works?"""
    return _STANDARDS.fullmatch(paragraph) is not None


def is_furniture(paragraph: str) -> bool:
    """Is the whole paragraph a label, an invitation, a notice, or a picture's caption?"""
    if len(paragraph) > LONGEST_CAPTION or has_quotation(paragraph):
        return False
    short = (_LABELS, _NOTICES, _CREDITS) if len(paragraph) <= LONGEST else ()
    return any(form.fullmatch(paragraph) for form in (*short, _CREDITED, _STANDING, _STANDARDS))
