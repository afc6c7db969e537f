"""The bare app's second page: one Altair bar chart."""

import altair as alt
import pandas as pd
import streamlit as st

cases = pd.DataFrame({"name": ["A", "B", "C", "D", "E", "F"], "value": [2, 7, 1, 8, 2, 8]})
st.title("Second")
st.altair_chart(alt.Chart(cases).mark_bar().encode(x="value:Q", y="name:N"))
