"""Whether this machine has a font for Chinese, which PDFium needs for text whose font is not in the file."""

from __future__ import annotations

from functools import cache

import pypdfium2

# A page with one character of a font that is not in the file: without a font of the machine PDFium leaves it out.
_SAMPLE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 36>>stream
BT /F 9 Tf 9 9 Td <4E2D> Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj
6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo 7 0 R>>endobj
7 0 obj<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>endobj
trailer<</Root 1 0 R>>
"""


@cache
def has_chinese_font() -> bool:
    """Whether PDFium finds a font with Chinese characters on this machine."""
    file = pypdfium2.PdfDocument(_SAMPLE)
    try:
        page = file[0]
        text = page.get_textpage().get_text_range()
    finally:
        file.close()
    return bool(text.strip())
