"""Words about what posts say: quotes of causes, how right told causes are, themes without a cause, and campaigns."""

QUOTES = "What people write about it"
QUOTE_COLUMNS = ("About", "People", "Typical", "Most severe", "Positive")
THEME_COLUMNS = ("New theme", "People", "Posts", "For example")
CAMPAIGN_COLUMNS = ("The same words", "People", "Posts", "Since")
QUOTES_NOTE = (
    "Of negative posts that a code or their words give a cause to: the one whose words most others share, and the most "
    "severe of the rest; beside them the most positive post about the same. Personal data is masked."
)
THEMES_NOTE = (
    "Words and phrases that at least 5 people used in negative posts without a cause, and more than other posts do. "
    "The form beside the filters adds a phrase that gives such posts a cause."
)
TYPICAL_NOTE = (
    "Of negative posts, failed contacts and low answers about each cause, wherever it broke, the words that most "
    "others share. Personal data is masked."
)
IN_THEIR_WORDS = "In their words"
NOT_LABELLED = (
    "How right the causes are that words tell: not labelled yet. The form beside the filters shows texts to label; "
    "from the labels each cause gets its precision and recall."
)
CORRECTNESS_COLUMNS = ("Cause", "Told and labelled", "Precision", "95 % range", "Labels", "Recall", "95 % range")
CORRECTNESS_NOTE = (
    "Precision: of the posts that words tell a cause of, how many a person gave it to, too. Recall: of those that a "
    "person gives it to, how many the words tell. From a random sample of each told cause in the newest weeks that "
    "have labels, each label weighted by the posts it stands for; of all posts, however the page is filtered."
)
CAMPAIGNS_NOTE = (
    "The same words, but for case, links, mentions and digits, from 5 people or more within 24 hours; those of most "
    "people first. They are counted, and the numbers say beside what they are without."
)
NO_THEME = "Nothing that 5 people wrote stands out among them."


def themes(uncategorised: str, negative: str) -> str:
    """How many negative posts no cause explains."""
    return f"{uncategorised} of {negative} negative posts have no cause"


def correctness(share: str, interval: str, labels: str) -> str:
    """How often the told cause, or that there is none, is what a person says."""
    return f"How right the words' causes are: {share} of posts ({interval}); {labels} labelled"


def quoted(cause: str, people: str, text: str, *, is_one: bool) -> str:
    """A post that speaks for those who wrote about a cause."""
    return f"On {cause} ({people} {'person' if is_one else 'people'} complained): “{text}”."


def campaigns(posts: str, of: str, campaigns: str, people: str, *, is_one: bool) -> str:
    """How many of the posts are campaigns, and of how many people."""
    found = "one campaign" if is_one else f"{campaigns} campaigns"
    up_to = "" if is_one else "up to "
    return f"{posts} of {of} posts with words are {found}: the same words from {up_to}{people} people in a day"
