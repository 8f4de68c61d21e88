"""The learner's peers: LightGBM and scikit-learn on data that data.mjs wrote. Prints one JSON document."""
import json
import resource
import sys
import time
import zipfile
from pathlib import Path

import numpy as np


def load(folder):
    meta = json.loads(Path(folder, "meta.json").read_text())
    flat = np.fromfile(Path(folder, "data.f64"))
    n = meta["rows"]
    columns = meta["columns"]
    x = np.ascontiguousarray(flat[: n * len(columns)].reshape(len(columns), n).T)
    y = flat[n * len(columns) : n * (len(columns) + 1)]
    weight = flat[n * (len(columns) + 1) :] if meta["weighted"] else None
    categories = [i for i, c in enumerate(columns) if c["kind"] == "category"]
    return x, y, weight, categories, meta["task"]


def error(task, y, weight, answers):
    """Mean squared error or log loss, weighted."""
    if task == "regression":
        losses = (y - answers) ** 2
    else:
        p = answers[np.arange(len(y)), y.astype(int)] if answers.ndim > 1 else np.where(y > 0, answers, 1 - answers)
        losses = -np.log(np.clip(p, 1e-15, 1))
    return float(np.average(losses, weights=weight))


def lightgbm_parameters(task, y, threads, extra):
    objective = {"regression": "regression", "binary": "binary", "multiclass": "multiclass"}[task]
    parameters = dict(objective=objective, num_leaves=31, learning_rate=0.1, num_threads=threads, verbose=-1, seed=1)
    if task == "multiclass":
        parameters["num_class"] = int(y.max()) + 1
    return parameters | extra


def quality(folder, train, trees):
    import lightgbm as lgb
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    x, y, weight, categories, task = load(folder)
    first = slice(0, train)
    rest = slice(train, None)
    w = lambda part: None if weight is None else weight[part]
    data = lgb.Dataset(x[first], y[first], weight=w(first), categorical_feature=categories)
    booster = lgb.train(lightgbm_parameters(task, y, 2, {}), data, trees)
    forest_class = RandomForestRegressor if task == "regression" else RandomForestClassifier
    share = 1 / 3 if task == "regression" else "sqrt"
    forest = forest_class(100, min_samples_leaf=5, max_features=share, n_jobs=2, random_state=1)
    forest.fit(x[first], y[first], sample_weight=w(first))
    said = forest.predict(x[rest]) if task == "regression" else forest.predict_proba(x[rest])
    if task == "binary":
        said = said[:, 1]
    return {
        "boosting": error(task, y[rest], w(rest), booster.predict(x[rest])),
        "forest": error(task, y[rest], w(rest), said),
    }


def logistic(folder, train):
    """On numbers without gaps only."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    x, y, _, _, task = load(folder)
    scaler = StandardScaler().fit(x[:train])
    model = LogisticRegression(C=1.0, max_iter=1000, tol=1e-8).fit(scaler.transform(x[:train]), y[:train])
    said = model.predict_proba(scaler.transform(x[train:]))
    return {"logistic": error(task, y[train:], None, said[:, 1] if task == "binary" else said)}


def clock(work):
    begin = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - begin[0], time.process_time() - begin[1]


def boosting_speed(folder, train, trees, threads):
    import lightgbm as lgb

    x, y, _, _, task = load(folder)
    parameters = lightgbm_parameters(task, y, threads, {})

    def fit():
        return lgb.train(parameters, lgb.Dataset(x[:train], y[:train]), trees)

    booster, wall, cpu = clock(fit)
    said, _, predict = clock(lambda: booster.predict(x[train:], num_threads=1))
    few = x[train : train + 1000]
    _, _, shap = clock(lambda: booster.predict(few, pred_contrib=True, num_threads=1))
    from sklearn.metrics import roc_auc_score

    return {
        "wall": wall,
        "cpu": cpu,
        "auroc": roc_auc_score(y[train:], said),
        "rows_per_second": len(said) / predict,
        "shap_ms": 1000 * shap / len(few),
    }


def tuned(folder, trials, seed, threads):
    """
    A random search of LightGBM over the folds of data.mjs's rows: the first draw is what is usual, the others are drawn from
    ranges. Each fit stops early on a tenth of the training patients. The draw of the least mean log loss is kept and fitted anew
    on all training patients, with the trees at which it stopped; what that says of the rows of each fold is written to said.f64.
    """
    import lightgbm as lgb

    x, y, _, categories, _ = load(folder)
    fold = np.fromfile(Path(folder, "fold.i32"), dtype=np.int32)
    patient = np.fromfile(Path(folder, "patient.i32"), dtype=np.int32)
    rng = np.random.default_rng(seed)
    watched = rng.random(patient.max() + 1)[patient] < 0.1
    log = lambda low, high: float(np.exp(rng.uniform(np.log(low), np.log(high))))
    usual = dict(learning_rate=0.05, num_leaves=31, min_data_in_leaf=100, bagging_fraction=0.8, feature_fraction=0.5,
                 lambda_l2=10.0, cat_smooth=50.0, max_bin=255)
    begin = time.process_time()
    folds = range(fold.max() + 1)

    def fit(rows, own, trees, watch=None):
        parameters = lightgbm_parameters("binary", y, threads, own | dict(bagging_freq=1, seed=seed))
        data = lgb.Dataset(x[rows], y[rows], categorical_feature=categories)
        if watch is None:
            return lgb.train(parameters, data, trees)
        held = lgb.Dataset(x[watch], y[watch], reference=data)
        return lgb.train(parameters, data, trees, valid_sets=[held], callbacks=[lgb.early_stopping(50, verbose=False)])

    best, kept, stopped = np.inf, None, None
    for trial in range(trials):
        drawn = dict(
            learning_rate=log(0.03, 0.1), num_leaves=round(log(4, 64)), min_data_in_leaf=round(log(20, 400)),
            bagging_fraction=rng.uniform(0.6, 1), feature_fraction=rng.uniform(0.2, 1), lambda_l2=log(0.1, 50),
            cat_smooth=log(5, 200), max_bin=int(rng.choice([63, 255])))
        own = usual if trial == 0 else drawn
        losses, rounds = [], []
        for k in folds:
            booster = fit((fold != k) & ~watched, own, 3000, (fold != k) & watched)
            asked = fold == k
            said = booster.predict(x[asked], num_iteration=booster.best_iteration)
            losses.append(error("binary", y[asked], None, said))
            rounds.append(booster.best_iteration)
        if np.mean(losses) < best:
            best, kept, stopped = np.mean(losses), own, rounds
    said = np.empty(len(y))
    for k in folds:
        said[fold == k] = fit(fold != k, kept, stopped[k]).predict(x[fold == k])
    said.tofile(Path(folder, "said.f64"))
    return {"parameters": kept | dict(trees=stopped), "loss": float(best), "cpu": time.process_time() - begin}


def forest_speed(folder, train, trees, threads):
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.metrics import roc_auc_score

    x, y, _, _, _ = load(folder)
    forest = RandomForestClassifier(trees, n_jobs=threads, random_state=1)
    _, wall, cpu = clock(lambda: forest.fit(x[:train], y[:train]))
    return {"wall": wall, "cpu": cpu, "auroc": roc_auc_score(y[train:], forest.predict_proba(x[train:])[:, 1])}


def exact_speed(folder, train):
    """Boosting that looks at every value instead of at bins, in the one thread that it has."""
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.metrics import roc_auc_score

    x, y, _, _, _ = load(folder)
    model = GradientBoostingClassifier(n_estimators=100, max_depth=5, random_state=1)
    _, wall, cpu = clock(lambda: model.fit(x[:train], y[:train]))
    return {"wall": wall, "cpu": cpu, "auroc": roc_auc_score(y[train:], model.predict_proba(x[train:])[:, 1])}


def explain(folder, model, rows):
    """What LightGBM says of an exported model."""
    import lightgbm as lgb

    x, _, _, _, _ = load(folder)
    booster = lgb.Booster(model_file=model)
    part = x[:rows]
    return {
        "margins": booster.predict(part, raw_score=True).ravel().tolist(),
        "contributions": booster.predict(part, pred_contrib=True).ravel().tolist(),
    }


def uci(archive, folder):
    """The UCI readmission file as data: numbers as they are, the rest as codes; deaths and hospice left out."""
    import pandas as pd

    with zipfile.ZipFile(archive) as opened:
        name = next(n for n in opened.namelist() if n.endswith("diabetic_data.csv"))
        table = pd.read_csv(opened.open(name), na_values="?", keep_default_na=False, dtype=str)
    table = table[~table.discharge_disposition_id.isin(["11", "13", "14", "19", "20", "21"])]
    y = (table.readmitted == "<30").to_numpy(float)
    # The rows of a patient stand together in either half: train and test are cut between patients by a hash of the number.
    order = np.argsort(table.patient_nbr.astype(np.int64).to_numpy() * 2654435761 % 2**32, kind="stable")
    columns, arrays = [], []
    numbers = ["time_in_hospital", "num_lab_procedures", "num_procedures", "num_medications", "number_outpatient",
               "number_emergency", "number_inpatient", "number_diagnoses"]
    for name in table.columns:
        if name in ("encounter_id", "patient_nbr", "readmitted"):
            continue
        values = table[name].astype(float) if name in numbers else pd.Series(pd.factorize(table[name])[0], dtype=float)
        array = values.to_numpy()
        columns.append({"name": name, "kind": "number" if name in numbers else "category"})
        arrays.append(np.where((array < 0) & (name not in numbers), np.nan, array)[order])
    Path(folder).mkdir(parents=True, exist_ok=True)
    np.concatenate([*arrays, y[order]]).astype("<f8").tofile(Path(folder, "data.f64"))
    meta = {"rows": len(y), "task": "binary", "weighted": False, "columns": columns}
    Path(folder, "meta.json").write_text(json.dumps(meta))
    return {"rows": len(y)}


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    result = globals()[name](*(int(a) if a.isdigit() else a for a in arguments))
    print(json.dumps(result | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
