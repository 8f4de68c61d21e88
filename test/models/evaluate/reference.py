"""The figures of reference.json by scikit-learn, SciPy and statsmodels: python reference.py > reference.json

numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0. The area's variance is spelled out from the papers (DeLong 1988,
Obuchowski 1997), pair by pair.
"""
import json
import numpy as np
import statsmodels.api as sm
from scipy.special import logit
from scipy.stats import norm
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import (average_precision_score, brier_score_loss, log_loss, mean_absolute_error, r2_score,
                             roc_auc_score)
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(20260701)
rows, patients = 160, 60
patient = random.integers(0, patients, rows)
risk = random.normal(-0.8, 1, patients)[patient] + random.normal(0, 0.7, rows)
outcome = (random.random(rows) < 1 / (1 + np.exp(-risk))).astype(int)
ours = np.clip(np.round(1 / (1 + np.exp(-(0.9 * risk + random.normal(0, 0.8, rows)))), 2), 0.01, 0.99)
other = np.clip(np.round(1 / (1 + np.exp(-(0.5 * risk + random.normal(0, 1.2, rows)))), 1), 0.1, 0.9)


def placements(score):
    events, others = score[outcome == 1], score[outcome == 0]
    right = (events[:, None] > others[None, :]) + 0.5 * (events[:, None] == others[None, :])
    place = np.empty(rows)
    place[outcome == 1], place[outcome == 0] = right.mean(axis=1), right.mean(axis=0)
    return right.mean(), place


def variance(area, place, who):
    m, n = outcome.sum(), rows - outcome.sum()
    groups = np.unique(who)
    a = np.array([(place - area)[(who == g) & (outcome == 1)].sum() for g in groups])
    b = np.array([(place - area)[(who == g) & (outcome == 0)].sum() for g in groups])
    i10 = len(np.unique(who[outcome == 1]))
    i01 = len(np.unique(who[outcome == 0]))
    i = len(groups)
    s10 = i10 / ((i10 - 1) * m) * (a**2).sum()
    s01 = i01 / ((i01 - 1) * n) * (b**2).sum()
    s11 = i / (i - 1) * (a * b).sum()
    return s10 / m + s01 / n + 2 * s11 / (m * n)


def interval(value, se):
    return [float(value), float(value - norm.ppf(0.975) * se), float(value + norm.ppf(0.975) * se)]


area, place = placements(ours)
than, placed = placements(other)
alone = np.arange(rows)
assert abs(area - roc_auc_score(outcome, ours)) < 1e-12

free = sm.GLM(outcome, sm.add_constant(logit(ours)), family=sm.families.Binomial()).fit(
    cov_type="cluster", cov_kwds={"groups": patient}, tol=1e-14)
fixed = sm.GLM(outcome, np.ones(rows), offset=logit(ours), family=sm.families.Binomial()).fit(
    cov_type="cluster", cov_kwds={"groups": patient}, tol=1e-14)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(logit(ours), outcome)
at = np.linspace(-4, 4, 33)
classes = random.integers(0, 3, rows)
shares = random.dirichlet([2, 1, 1], rows)
shares[np.arange(rows), classes] += 0.5
shares = np.round(shares / shares.sum(axis=1, keepdims=True), 3)
shares /= shares.sum(axis=1, keepdims=True)
actual = np.round(random.normal(10, 3, rows), 2)
predicted = np.round(actual + random.normal(0.5, 2, rows), 2)

print(json.dumps({
    "outcome": outcome.tolist(), "patient": patient.tolist(), "ours": ours.tolist(), "other": other.tolist(),
    "classes": classes.tolist(), "shares": shares.ravel().tolist(),
    "actual": actual.tolist(), "predicted": predicted.tolist(),
    "auroc": interval(area, np.sqrt(variance(area, place, patient))),
    "auroc_delong": interval(area, np.sqrt(variance(area, place, alone))),
    "auroc_above": interval(area - than, np.sqrt(variance(area - than, place - placed, patient))),
    "auroc_above_delong": interval(area - than, np.sqrt(variance(area - than, place - placed, alone))),
    "average_precision": average_precision_score(outcome, ours),
    "average_precision_other": average_precision_score(outcome, other),
    "brier": brier_score_loss(outcome, ours),
    "log_loss": log_loss(outcome, ours),
    "slope": interval(free.params[1], free.bse[1]),
    "intercept": interval(fixed.params[0], fixed.bse[0]),
    "line": free.params.tolist(),
    "wilson": [[k, n, *proportion_confint(k, n, method="wilson")] for k, n in [(0, 10), (3, 17), (40, 40), (120, 1000)]],
    "isotonic": [[float(x), float(y)] for x, y in zip(at, isotonic.predict(at))],
    "multiclass_log_loss": log_loss(classes, shares),
    "multiclass_macro_auroc": roc_auc_score(classes, shares, multi_class="ovr", average="macro"),
    "r2": r2_score(actual, predicted), "mae": mean_absolute_error(actual, predicted),
}, indent=1))
