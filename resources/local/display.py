# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a value offers beside its text: HTML and pictures."""
import base64
import io
import sys

HTML_LIMIT = 2_000_000


def picture(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def rich(value):
    """The MIME bundle beside text/plain; what an object fails to make is left out, its text is there all the same."""
    data = {}
    if value is None or isinstance(value, type):
        return data
    html = called(value, "_repr_html_")
    if isinstance(html, str) and len(html) <= HTML_LIMIT:
        data["text/html"] = html
    png = called(value, "_repr_png_")
    if isinstance(png, (bytes, bytearray)):
        data["image/png"] = base64.b64encode(png).decode("ascii")
    elif is_figure(value):
        data["image/png"] = picture(value)
    return data


def called(value, name):
    try:
        return getattr(value, name)()
    except Exception:
        return None


def is_figure(value):
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)
