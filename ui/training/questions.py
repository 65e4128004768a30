"""Frequent questions of those who fear or doubt the system, with the ways to see for oneself."""

from __future__ import annotations

import streamlit as st

from kpi.training.questions import QUESTIONS, WORRIES, Question, answered
from ui import address
from ui.gate import Page


def section(page: Page) -> None:
    """Draw the questions by what they are about, each answer folded below it."""
    t = page.t
    st.markdown(t("Doubt is welcome. These are the questions that people ask, answered as plainly as we can."))
    for worry, name in WORRIES.items():
        st.subheader(t(name), anchor=False)
        for question in QUESTIONS:
            if question.worry is worry:
                _question(page, question)


def _question(page: Page, question: Question) -> None:
    t = page.t
    with st.expander(t(question.asked), icon=":material/contact_support:"):
        st.markdown(answered(question, page.profile, t))
        with st.container(horizontal=True, gap="small"):
            for lead in question.leads:
                query = address.parameters(**lead.choices)
                st.page_link(lead.page, label=t(lead.words), icon=":material/arrow_forward:", query_params=query)
