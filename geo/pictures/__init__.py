"""Pictures of a view, drawn without a browser: the map of the incidents with its legend, timeline and papers."""

from geo.pictures.codes import qr_svg
from geo.pictures.views import LAYERS, draw_link_page, draw_link_preview

__all__ = ["LAYERS", "draw_link_page", "draw_link_preview", "qr_svg"]
