"""What is written in pictures of lines of text, recognised by RapidOCR, with how sure each character is.

Only with the extra `ocr`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rapidocr

MODEL = Path(rapidocr.__file__).parent / "models" / "PP-OCRv6_rec_small.onnx"
MOST_OTHERS = 4  # signs that a character may be instead
LEAST_LIKELY = 0.01  # of them
SHAPE = [3, 48, 160]  # colours, height, least width to which a picture of a line is scaled
BLANK = 0  # what the network says between two characters

Grey = np.ndarray[Any, np.dtype[np.uint8]]


class Sign(NamedTuple):
    """A recognised character: where its middle is (0 left, 1 right end of the picture), how sure it is (0 to 1), and what
    it may be instead, likeliest first."""

    text: str
    place: float
    confidence: float
    others: str = ""


def recognise(lines: Sequence[Grey]) -> list[list[Sign]]:
    """The characters of each line, given as grey levels, from left to right."""
    if not lines:
        return []
    engine = _engine()
    result = engine.recognize_txt([np.repeat(line[:, :, None], 3, axis=2) for line in lines])
    return list(result.word_results)


@cache
def _engine() -> Any:
    engine: Any = rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Rec.model_path": str(MODEL),  # else it would be downloaded where it is missing
            "Global.return_word_box": True,
            "Rec.rec_batch_num": 1,  # several at once are padded to the longest
            "Rec.rec_img_shape": SHAPE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # a build has a process for each core
        }
    )
    engine.recognize_txt([np.full((SHAPE[1], SHAPE[2], 3), 255, np.uint8)])  # loads the network
    engine.text_rec.postprocess_op = _Decoder(engine.text_rec.postprocess_op.character)
    return engine


class _Decoder:
    """The network's output, for each column of a picture how likely each sign is, as characters."""

    def __init__(self, signs: Sequence[str]) -> None:
        self._signs = signs

    def __call__(
        self, likely: Any, _: bool, wh_ratio_list: Sequence[float], max_wh_ratio: float
    ) -> tuple[list[tuple[str, float]], list[list[Sign]]]:
        """For each picture its text, as RapidOCR wants it, and its signs; pictures end where the widest of them does."""
        read = [
            self._decode(columns, len(columns) * ratio / max_wh_ratio)
            for columns, ratio in zip(likely, wh_ratio_list, strict=True)
        ]
        return [("".join(sign.text for sign in line), 1.0) for line in read], read

    def _decode(self, columns: Any, width: float) -> list[Sign]:
        best = columns.argmax(axis=1)
        read: list[Sign] = []
        begin = 0
        for end in range(1, len(best) + 1):
            if end < len(best) and best[end] == best[begin]:
                continue
            if best[begin] != BLANK:
                read.append(self._sign(columns[begin:end], best[begin], (begin + end) / 2 / width))
            begin = end
        return read

    def _sign(self, columns: Any, index: int, place: float) -> Sign:
        column = columns[columns[:, index].argmax()]
        rivals = np.argpartition(column, -MOST_OTHERS - 2)[-MOST_OTHERS - 2 :]
        ranked = sorted(rivals.tolist(), key=lambda i: -column[i])
        others = [i for i in ranked if i not in (index, BLANK) and column[i] >= LEAST_LIKELY]
        return Sign(
            text=self._signs[index],
            place=min(place, 1.0),
            confidence=int(1_000 * column[index]) / 1_000,  # beyond that processors differ
            others="".join(self._signs[i] for i in others[:MOST_OTHERS]),
        )
