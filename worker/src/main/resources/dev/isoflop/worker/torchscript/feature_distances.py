# Distances between two sets of features, in float64. D features; set 1 is the real one, set 2 the generated.
from typing import List, Tuple

import torch
from torch import Tensor


def root_eigenvalues(eigenvalues: Tensor) -> Tensor:
    # Of a positive semidefinite matrix. What rounding leaves of a zero eigenvalue is about D ulp of the
    # largest; its root would be 1e-8 and more, so it counts as zero.
    floor = eigenvalues[-1:].clamp(min=0.0) * (2.220446049250313e-16 * float(eigenvalues.size(0)))
    return torch.where(eigenvalues > floor, eigenvalues, torch.zeros_like(eigenvalues)).sqrt()


def reciprocal(values: Tensor) -> Tensor:
    # 1/x, and 0 of 0: the pseudo-inverse of a diagonal.
    return torch.where(values > 0.0, torch.reciprocal(values), torch.zeros_like(values))


def diagonalised(matrix: Tensor) -> Tuple[Tensor, Tensor]:
    # Square roots of the eigenvalues [D], ascending, and eigenvectors as columns [D, D].
    eigenvalues, vectors = torch.linalg_eigh(0.5 * (matrix + matrix.t()), "L")
    return (root_eigenvalues(eigenvalues), vectors)


def composed(vectors: Tensor, diagonal: Tensor) -> Tensor:
    return torch.matmul(vectors * diagonal, vectors.t())


def frechet(covariance1: Tensor, covariance2: Tensor) -> List[Tensor]:
    # Tr sqrt(S1 S2) = Tr sqrt(M), M = R S2 R, R = sqrt(S1): symmetric, so all eigenvalues are real [].
    # With it the maps T12 = R+ sqrt(M) R+ and T21 = R sqrt(M)+ R, which carry one Gaussian onto the
    # other: half the gradient of the trace by S1 is T12/2 and by S2 T21/2 [D, D].
    roots, vectors = diagonalised(covariance1)
    root = composed(vectors, roots)                                 # [D, D]
    inverse_root = composed(vectors, reciprocal(roots))             # [D, D]
    middle_roots, middle = diagonalised(torch.matmul(torch.matmul(root, covariance2), root))
    forth = torch.matmul(torch.matmul(inverse_root, composed(middle, middle_roots)), inverse_root)
    back = torch.matmul(torch.matmul(root, composed(middle, reciprocal(middle_roots))), root)
    return [middle_roots.sum(), forth, back]


class FeatureDistances(torch.nn.Module):
    def add(self, sums: List[Tensor], features: Tensor) -> None:
        # sums: shift [D], sum of x - shift [D], sum of their outer products [D, D]; features [B, D].
        torch.set_grad_enabled(False)
        shift, total, products = sums
        centred = features.double() - shift                         # [B, D]
        total.add_(centred.sum([0]))
        products.addmm_(centred.t(), centred)

    def moments(self, sums: List[Tensor], count: int, freedom: int) -> List[Tensor]:
        # Mean [D] and covariance [D, D] with divisor freedom.
        torch.set_grad_enabled(False)
        shift, total, products = sums
        offset = total / float(count)                               # [D]
        return [shift + offset, (products - torch.outer(total, offset)) / float(freedom)]

    def frechet(self, mean1: Tensor, covariance1: Tensor, mean2: Tensor, covariance2: Tensor) -> List[Tensor]:
        # The distance [], the difference of means [D], and the quadratic forms [D, D] by which a
        # feature vector of set 1 and one of set 2 pull at the distance.
        torch.set_grad_enabled(False)
        trace, forth, back = frechet(covariance1, covariance2)
        apart = mean2 - mean1
        distance = apart.square().sum() + torch.trace(covariance1) + torch.trace(covariance2) - 2.0 * trace
        identity = torch.eye(apart.size(0), dtype=apart.dtype, device=apart.device)
        return [distance, apart, identity - forth, identity - back]

    def pulls(self, features: Tensor, mean: Tensor, apart: Tensor, form: Tensor) -> Tensor:
        # 2 apart . (x - mean) + (x - mean)' form (x - mean) for each row [B].
        torch.set_grad_enabled(False)
        centred = features.double() - mean                          # [B, D]
        return 2.0 * torch.matmul(centred, apart) + (torch.matmul(centred, form) * centred).sum([1])

    def discrepancy(self, features1: Tensor, features2: Tensor) -> Tensor:
        # Unbiased squared maximum mean discrepancy of paired rows [B, D], both; see KernelDistance [].
        torch.set_grad_enabled(False)
        x = features1.double()
        y = features2.double()
        terms = kernel(x, x) + kernel(y, y) - 2.0 * kernel(x, y)    # [B, B]
        count = float(x.size(0))
        return (terms.sum() - torch.trace(terms)) / (count * (count - 1.0))


def kernel(x: Tensor, y: Tensor) -> Tensor:
    scaled = torch.matmul(x, y.t()) / float(x.size(1)) + 1.0        # [B, B]
    return scaled * scaled * scaled
