"""Paragraphs of a page that are no part of its article: advertisements, buttons, captions."""

import re

LONGEST = 120
"""In code points: a longer paragraph is text, whatever it begins with."""

LONGEST_CAPTION = 300
"""In code points, of a caption that its credit at the end gives away."""

# None begins with a quotation mark: what somebody says is never taken away.

# Buttons and labels that are nothing else, wherever they stand.
_LABELS = re.compile(
    r"""[^\w“”"‘’«„]*(?:
    advertise?ment | advertising | sponsored(?:\ content)? | promoted(?:\ content)?
    | (?:story|article)\ continues\ (?:after|below)(?:\ this)?(?:\ the)?\ ad(?:vertise?ment)?
    | skip\ (?:to\ (?:main\ )?content|advertise?ment|ad|past\ newsletter\ promotion)
    | share(?:\ (?:this|the)(?:\ (?:article|story|post|page))?)?
      (?:\ (?:on|via|with)\ [\w,\ ]{1,60})?
    | (?:tweet|facebook|twitter|whats?app|linkedin|telegram|e-?mail|print|copy\ link|save|bookmark)
      (?:\ (?:this|it)(?:\ (?:article|story|page))?)?
    | (?:leave\ a\ |post\ a\ |view\ |show\ |\d{1,5}\ )?comments?(?:\ \(?\d{1,5}\)?)?
    | (?:most|more)\ (?:read|popular|viewed) | trending(?:\ now)? | editors?[’']?s?\ picks?
    | related(?:\ (?:articles?|stories|story|content|topics|coverage|news|links?))?
    | more\ (?:on\ this\ (?:story|topic)|from\ (?:this\ section|the\ web)|stories)
    | (?:\d{1,3}[\ -]min(?:ute)?s?\ read | reading\ time:?\ \d{1,3}\ min(?:ute)?s?)
    | listen\ to\ this\ (?:article|story) | loading | see\ more | show\ more | back\ to\ top
    | read\ (?:more|next|also|the\ full\ (?:story|article)) | continue\ reading
    | subscribe(?:\ (?:now|today|here))? | sign\ up(?:\ (?:now|today|here))?
    | (?:sign|log)\ in | follow\ us | getty\ images | file\ (?:photo|picture|image)
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)

# Invitations and notices: known by how they begin.
_NOTICES = re.compile(
    r"""[^\w“”"‘’«„]*(?:
    subscribe\ (?:to|for)\ (?:our|the|my|this)\b.*
    | (?:sign\ up|register)\ (?:for|to|here\ (?:for|to))\b
      .*\b(?:newsletters?|alerts?|briefings?|inbox|updates|e-?mails?|digest|free)\b.*
    | (?:get|receive)\b.*\b(?:newsletters?|alerts|in\ your\ inbox|to\ your\ inbox)\b.*
    | (?:download|get)\ (?:our|the)\ .{0,30}\bapp\b.*
    | follow\ (?:us|our|the|@?\w+(?:\ \w+){0,4})\ on\ (?:facebook|twitter|x|instagram|telegram
      |linkedin|youtube|tiktok|whatsapp|threads|bluesky|mastodon|google\ news|social\ media)\b.*
    | like\ us\ on\ facebook.* | join\ (?:us|our|the)\b.*\b(?:channel|telegram|whatsapp|group)\b.*
    | (?:read|see|watch|listen)(?:\ (?:more|also|next|here))?(?:\ (?:on|about|from)\ [\w\ ]{1,40})?
      \s*(?::|»|›|>|\|).*
    | (?:also\ read|more\ on\ this|related(?:\ (?:articles?|stories|story|content|coverage))?)
      \s*(?::|»|›|>|\|).*
    | read\ the\ full\ (?:story|article)\b.* | click\ here\b.* | tap\ here\b.*
    | this\ (?:story|article|post|page|report)\ (?:has\ been|was)\ (?:last\ |first\ |originally\ )?
      (?:updated|corrected|amended|published|edited|produced|provided|republished)\b.*
    | this\ is\ a\ (?:developing|breaking)\ (?:news\ )?story\b.*
    | (?:copyright\b\W*|©\W*|\(c\)\W*)+(?:the\ )?(?:\d{4}|[\w\ .,&]{1,60}\d{4})\b.*
    | .{0,60}\ ©\ ?\d{4}\b.* | (?:.{0,60}\W)?all\ rights\ reserved\b.*
    | (?:©|copyright)\ [\w\ .&]{1,50}
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# Captions and credits of pictures.
_CREDITS = re.compile(
    r"""[^\w“”"‘’«„]*(?:
    (?:photos?|photographs?|images?|pictures?|pictured|(?:photo|image|picture)\ credits?|caption
      |(?:photo|image)\ source|illustration|graphic|video)\s*(?::|/|\|).*
    | (?:photos?|photographs?|images?|pictures?|illustration)\ (?:by|courtesy\ of)\ [A-Z].*
    | (?:(?:photo|image)\ )?credit:\ .*
    | file\ (?:photo|picture|image)s?\b.* | file\ [-–—]{1,2}\ .*
    | (?:[^.!?“”"]{0,60}(?:[/|(:,–-]|\bvia\b|©)\s*)getty\ images\W*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDITED = re.compile(
    r"""FILE\ [-–—]{1,2}\ .* | FILE\ PHOTO\b.*
    | .*[(\[](?:(?:AP|AFP|EPA|Reuters|File|Handout)\s)?(?:Photo|Image|Picture|Pool)[s]?\s?[/:]
      [^()\[\]]{1,60}[)\]]\W*
    | .*[(\[/|]\s*(?:AFP|EPA(?:-EFE)?|(?:AFP\ )?(?:via\ )?Getty\ Images)[)\]]?\W?
    | .*[(\[][^()\[\]]{1,60}/\s?(?:AP|AFP|Reuters|Getty\ Images|Shutterstock|dpa)[)\]]\W?""",
    re.VERBOSE,
)


def is_label(paragraph: str) -> bool:
    """Is it a button or a label alone ("Advertisement")? No headline is."""
    return len(paragraph) <= LONGEST and _LABELS.fullmatch(paragraph) is not None


def is_furniture(paragraph: str) -> bool:
    """Is the whole paragraph a label, an invitation, a notice, or a picture's caption?"""
    short = len(paragraph) <= LONGEST
    if is_label(paragraph) or (
        short and (_NOTICES.fullmatch(paragraph) or _CREDITS.fullmatch(paragraph))
    ):
        return True
    return len(paragraph) <= LONGEST_CAPTION and _CREDITED.fullmatch(paragraph) is not None
