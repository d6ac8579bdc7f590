"""The words of the page."""

from bot.catalogue import Catalogue

_DOMAIN = "simulator."


def page_texts(catalogue: Catalogue, language: str) -> dict[str, str]:
    """Return the page's texts in one language; the page fills in values itself."""
    return {
        message_id: _template(catalogue, message_id, language)
        for message_id in sorted(catalogue.ids(language))
        if message_id.startswith(_DOMAIN)
    }


def _template(catalogue: Catalogue, message_id: str, language: str) -> str:
    names = catalogue.needs(message_id, language)
    return catalogue.text(message_id, language, **{n: f"{{{n}}}" for n in names})
