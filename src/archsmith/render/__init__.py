"""`render`: the design as files in memory. A renderer contains no decision and no number of its own."""

from archsmith.render.pages import RENDERERS, render

__all__ = ["RENDERERS", "render"]
