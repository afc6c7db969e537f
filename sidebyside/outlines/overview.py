"""The overview: what MS and ALS are, how many people have them, what they notice, how one finds out."""

from sidebyside.content import comparisons
from sidebyside.figures import diagnosis, life, numbers, places, symptoms
from sidebyside.outlines import Asked, Card, Listing, Outline, Pairs, Section

PAGE = Outline(
    "overview",
    (
        Section("two-names"),
        Section("ms-in-short"),
        Section("als-in-short"),
        Section("how-many"),
        Card(numbers.NEW_LIVING_DEATHS),
        Card(numbers.OF_100000),
        Section("where"),
        Card(places.WHERE),
        Section("when-in-life"),
        Card(life.AGE_AT_START),
        Asked(
            (Card(numbers.DEATHS_IN_A_YEAR), Card(life.AGES_AT_DEATH)),
        ),
        Section("women-and-men"),
        Card(life.SEX_RATIO),
        Section("what-people-notice"),
        Card(symptoms.SYMPTOMS),
        Section("over-the-years"),
        Card(symptoms.MS_OVER_YEARS),
        Section("side-by-side"),
        Pairs("differences", comparisons.differences),
        Section("finding-out"),
        Card(diagnosis.TIME_TO_DIAGNOSIS),
        Section("two-errors"),
        Section("look-alikes"),
        Section("tests"),
        Pairs("tests", comparisons.tests),
        Section("causes"),
        Section("veins"),
        Section("one-and-the-other"),
        Listing("studies"),
        Section("sources-disagree"),
        Card(numbers.DISAGREEMENTS),
        Section("ice-bucket"),
        Section("help"),
        Listing("help"),
    ),
    glance=True,
)
