"""Where things stand in a site. An address depends on what it names alone, so that it stays whatever else is loaded."""

from __future__ import annotations

from hashlib import blake2b

LINES_OF_PAGE = 400


def key_of(name: str) -> str:
    """Twelve letters and digits that stand for a name in addresses, whatever signs are in it."""
    return blake2b(name.encode(), digest_size=6).hexdigest()


def document_folder(document_id: str) -> str:
    """The folder of a document below that of the site."""
    return f"documents/{key_of(document_id)}"


def unit_page(unit_name: str | None) -> str:
    """The page of a unit below the folder of the site."""
    return f"units/{key_of(unit_name or '')}.html"


def code_page(code: str) -> str:
    """The page of a classification code below the folder of the site."""
    return f"codes/{code if code.isascii() and code.isalnum() else key_of(code)}.html"


def lines_page(line_no: int) -> str:
    """The page of its document on which a line stands."""
    return f"lines-{(line_no - 1) // LINES_OF_PAGE + 1}.html"


def line_address(line_no: int) -> str:
    """The address of a line in the folder of its document."""
    return f"{lines_page(line_no)}#l{line_no}"


def table_page(table_key: str) -> str:
    """The page of a statutory table in the folder of its document."""
    return f"table-{table_key}.html"


def printed_table_page(printed_table_no: int) -> str:
    """The page of a table of unknown meaning in the folder of its document."""
    return f"printed-{printed_table_no}.html"


def project_page(project_no: int, form_no: int | None) -> str:
    """The page of a project in the folder of its document: that of its performance form, if it has one."""
    return f"project-{project_no}.html" if form_no is None else form_page(form_no)


def form_page(form_no: int) -> str:
    """The page of a performance form in the folder of its document."""
    return f"form-{form_no}.html"


def finding_page(finding_id: str) -> str:
    """The page of a finding in the folder of its document."""
    return f"finding-{finding_id}.html"
