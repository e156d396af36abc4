"""`serve`: the site itself, as the very process that was started."""

from typing import Annotated

import typer

from govmatch.cli.base import app, become_site, read_settings

Port = Annotated[int | None, typer.Option(help="Port to listen on.")]
Host = Annotated[str | None, typer.Option(help="Address to listen on.")]


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve the site; runs a worker beside it unless the settings say otherwise."""
    become_site(read_settings(host=host, port=port))
