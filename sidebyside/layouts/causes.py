"""What raises the risk: surroundings, weight, genes, and an idea that was tested and dropped."""

from sidebyside.charts.mechanism import ccsvi, genes, head_and_weight, risk_factors
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "causes",
    (
        SectionBlock("risk"),
        ChartBlock(risk_factors.RISK_FACTORS),
        SectionBlock("causes"),
        ChartBlock(head_and_weight.HEAD_INJURY),
        SectionBlock("weight"),
        ChartBlock(head_and_weight.BODY_WEIGHT),
        SectionBlock("genes"),
        ChartBlock(genes.GENE_SHARES),
        SectionBlock("heritability"),
        ChartBlock(genes.INHERITED),
        SectionBlock("veins-tested"),
        ChartBlock(ccsvi.CCSVI_ODDS),
        ChartBlock(ccsvi.CCSVI_PREVALENCE),
    ),
)
