"""A matrix of weights whose products are the same to the last bit, whatever stands beside a row.

`x @ W` is computed by the BLAS in tiles. With the kernel that numpy's OpenBLAS has for AVX2, the
outermost eight columns of a product are added up in an order that depends on where in a tile a row
stands (rows 0–5 and 6–11 of each twelve differ), and an incomplete tile in yet another order. So the
same sentence would get another last bit beside other sentences. With eight empty columns on either
side, and rows filled up to whole tiles, every row comes out the same (the kernels for SSE, AVX and
FMA4 need neither). It costs 6 % more arithmetic.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Rows in a whole number of tiles.
TILE = 24
_MARGIN = 8
# Columns in one product: beyond 320 the BLAS would cut them itself, and each cut has edges.
_WIDTH = 256


class Matrix:
    """The right operand of `x @ matrix`; needs BLAS to use one thread, since threads cut rows."""

    # Tells numpy to leave `array @ matrix` to this class.
    __array_ufunc__ = None

    def __init__(self, weights: NDArray[Any]) -> None:
        self._columns = weights.shape[1]
        parts = -(-self._columns // _WIDTH)
        self._parts = [np.pad(part, ((0, 0), (_MARGIN, _MARGIN))) for part in np.array_split(weights, parts, axis=1)]

    def __rmatmul__(self, left: NDArray[Any]) -> NDArray[Any]:
        rows = len(left)
        if rows % TILE:
            left = np.concatenate((left, np.zeros((-rows % TILE, left.shape[1]), left.dtype)))
        out = np.empty((rows, self._columns), np.float32)
        at = 0
        for part in self._parts:
            width = part.shape[1] - 2 * _MARGIN
            out[:, at : at + width] = np.matmul(left, part)[:rows, _MARGIN:-_MARGIN]
            at += width
        return out
