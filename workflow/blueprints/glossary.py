"""The words of the field, explained to whoever uses the pages."""

from flask import Blueprint, render_template

from workflow.access import public
from workflow.glossary import GLOSSARY

bp = Blueprint("glossary", __name__)


@bp.get("/glossary")
@public
def show() -> str:
    """Every word in both languages, and what it means."""
    return render_template("glossary/show.html", glossary=GLOSSARY)
