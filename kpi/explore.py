"""Step people: the notebooks -> a local web app over the dataset, for this machine alone unless told otherwise."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from queries.dataset import DatasetError
from schemas.places import place_to_address

if TYPE_CHECKING:
    from starlette.applications import Starlette

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
TITLES = {
    "trends": "Trends: authorities and an indicator through time, and the page behind each point",
    "comparators": "Comparators: an authority's newest figures beside its neighbours, region and England",
    "coverage_and_review": "Coverage and review: what is held, and the figures to look at first",
    "one_document": "One document: page by page, what each printed number became",
}


def notebooks_to_app(data: Path) -> Starlette:
    """The notebooks over the dataset in a data folder -> one web application, with a page that leads to each.

    Raises DatasetError where the optional part of the installation is missing.
    """
    try:
        import marimo
        from starlette.applications import Starlette
        from starlette.responses import HTMLResponse
        from starlette.routing import Mount, Route
    except ImportError as error:
        raise DatasetError(
            "kpi explore needs the optional part [explore]. Install it with: pip install '.[explore]' in the project's folder."
        ) from error
    os.environ["KPI_DATA"] = place_to_address(data) or str(data.absolute())  # where the notebooks look for the dataset
    served = marimo.create_asgi_app(quiet=True, include_code=False)
    for name in TITLES:
        served = served.with_app(path=f"/{name}", root=str(NOTEBOOKS / f"{name}.py"))
    links = "".join(f'<li><a href="/{name}/">{escape(title)}</a></li>' for name, title in TITLES.items())
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Children\'s services KPIs</title>'
        "<style>body { font: 1.1rem/1.6 Arial, sans-serif; margin: 3rem auto; max-width: 45rem; padding: 0 1rem }</style>"
        f"</head><body><main><h1>Children's services KPIs</h1><ul>{links}</ul></main></body></html>"
    )

    async def index(_request: object) -> HTMLResponse:
        return HTMLResponse(page)

    return Starlette(routes=[Route("/", index), Mount("/", served.build())])


def serve(app: Starlette, host: str, port: int) -> None:
    """Serve an application until interrupted."""
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning")
