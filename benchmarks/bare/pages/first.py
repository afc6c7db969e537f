"""The bare app's first page: one Altair bar chart."""

import altair as alt
import pandas as pd
import streamlit as st

cases = pd.DataFrame({"name": ["A", "B", "C", "D", "E", "F"], "value": [3, 1, 4, 1, 5, 9]})
st.title("First")
st.altair_chart(alt.Chart(cases).mark_bar().encode(x="value:Q", y="name:N"))
