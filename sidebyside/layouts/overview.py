"""The overview: what MS and ALS are, how many people have them, what they notice, how one finds out."""

from sidebyside.charts.overview import age_and_sex, counts, diagnosis, geography, symptoms
from sidebyside.content import comparisons
from sidebyside.layouts.blocks import Asked, Card, Listing, Outline, Pairs, Section

PAGE = Outline(
    "overview",
    (
        Section("two-names"),
        Section("ms-in-short"),
        Section("als-in-short"),
        Section("how-many"),
        Card(counts.NEW_LIVING_DEATHS),
        Card(counts.OF_100000),
        Section("where"),
        Card(geography.BY_COUNTRY),
        Section("when-in-life"),
        Card(age_and_sex.AGE_AT_START),
        Asked(
            (Card(counts.DEATHS_IN_A_YEAR), Card(age_and_sex.AGES_AT_DEATH)),
        ),
        Section("women-and-men"),
        Card(age_and_sex.SEX_RATIO),
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
        Card(counts.DISAGREEMENTS),
        Section("ice-bucket"),
        Section("help"),
        Listing("help"),
    ),
    glance=True,
)
