"""How endpoints are called: operationIds and summaries in one uniform form, whatever the words of the brief."""

import inflection

from archsmith.kernel.names import slug, snake
from archsmith.model.contracts import Act
from archsmith.model.domain import Entity

_ARTICLE = frozenset("aeiou")


def operation_id(act: Act, singular: str, plural: str, rest: str = "") -> str:
    """The wish for an operationId: what happens, and to what. `rest`: the verb of a step, or what a summary is of.

    >>> operation_id(Act.LIST, "desk", "desks"), operation_id(Act.STEP, "booking", "bookings", "send back")
    ('list_desks', 'send_back_booking')
    >>> operation_id(Act.SUMMARY, "loan", "loans", "statistics")
    'get_loan_statistics'
    """
    match act:
        case Act.LIST:
            return f"list_{plural}"
        case Act.STREAM:
            return f"stream_{singular}_updates"
        case Act.STEP | Act.RUN:
            return f"{snake(rest)}_{plural if rest in ('export', 'import') else singular}"
        case Act.SUMMARY:
            return f"get_{singular}_{snake(rest)}" if rest else f"get_{plural}"
        case Act.DOWNLOAD:
            return f"download_{singular}"
        case Act.UPLOAD:
            return f"create_{singular}_upload_link"
        case Act.UPLOADED:
            return f"complete_{singular}_upload"
        case _:
            return f"{act}_{singular}"


def summary(act: Act, entity: Entity, rest: str = "") -> str:
    """What an endpoint does, as an API's page says it.

    `rest` as for `operation_id`; of a step it is the verb as the brief has it.
    """
    one, several = with_article(entity.name), entity.plural or entity.name
    match act:
        case Act.LIST:
            return f"List {several}"
        case Act.STREAM:
            return f"Watch {several} change"
        case Act.RUN if rest in ("export", "import"):
            return f"{rest.capitalize()} {several}"
        case Act.STEP | Act.RUN:
            return f"{_capital(rest.replace('_', ' '))} {one}"
        case Act.SUMMARY:
            return f"Get {rest.replace('-', ' ')} of {several}" if rest else f"Get {several}"
        case Act.DOWNLOAD:
            return f"Download the file of {one}"
        case Act.UPLOAD:
            return f"Get a link to upload the file of {one}"
        case Act.UPLOADED:
            return f"Complete the upload of {one}"
        case _:
            return f"{act.capitalize()} {one}"


def with_article(name: str) -> str:
    """A name with the article that it takes in a sentence.

    >>> with_article("order"), with_article("desk")
    ('an order', 'a desk')
    """
    return f"{'an' if name[:1].lower() in _ARTICLE else 'a'} {name}"


def plural_segment(words: str) -> str:
    """Words as a segment of a path that stands for several: the last word in its plural.

    >>> plural_segment("loan report"), plural_segment("sales"), plural_segment("free capacity")
    ('loan-reports', 'sales', 'free-capacities')
    """
    head, _, last = slug(words).rpartition("-")
    many = last if last.endswith("s") else inflection.pluralize(last)
    return f"{head}-{many}" if head else many


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
