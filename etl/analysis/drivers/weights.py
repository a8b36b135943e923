"""Johnson's relative weights: how much of what a score varies by falls to each of several correlated drivers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_EIGENVALUE = 1e-9
"""Under it two drivers say the same; what they share is then divided between them."""
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """The raw weight of each driver, which sum to R², and its standardised coefficient in the full regression.

    The last axis are the drivers; those before it, if any, are samples.
    """

    raw: Array
    coefficients: Array

    @property
    def r_squared(self) -> Array:
        """The share of the score's variance that the drivers explain together, 0 to 1."""
        return np.asarray(self.raw.sum(axis=-1))


def relative_weights(correlations: Array) -> Weights:
    """The weights from correlations, drivers first and the score last; leading axes are samples.

    Source: J. W. Johnson, A heuristic method for estimating the relative weight of predictor variables, 2000: the
    drivers are replaced by the closest uncorrelated ones, the score is regressed on these, and what each of them
    explains goes back to the drivers by how much it shares with them.
    """
    among, with_score = correlations[..., :-1, :-1], correlations[..., :-1, -1:]
    values, vectors = np.linalg.eigh(among)
    roots = np.sqrt(np.maximum(values, 0.0))
    inverses = np.where(values > LEAST_EIGENVALUE, 1 / np.maximum(roots, LEAST_EIGENVALUE), 0.0)
    turned = np.swapaxes(vectors, -1, -2)
    shared = (vectors * roots[..., None, :]) @ turned
    inverse = (vectors * inverses[..., None, :]) @ turned
    slopes = inverse @ with_score
    return Weights((shared**2 @ slopes**2)[..., 0], (inverse @ slopes)[..., 0])


def correlations(sums: Array, squares: Array, n: Array | float) -> Array:
    """Correlations from sums and sums of products of some columns; a column that does not vary has none with others."""
    means = sums / np.asarray(n)[..., None]
    covariances = squares / np.asarray(n)[..., None, None] - means[..., :, None] * means[..., None, :]
    variances = np.diagonal(covariances, axis1=-2, axis2=-1)
    scale = np.sqrt(np.where(variances > LEAST_EIGENVALUE, variances, np.inf))
    found = covariances / (scale[..., :, None] * scale[..., None, :])
    places = np.arange(sums.shape[-1])
    found[..., places, places] = 1.0
    return np.asarray(found)
