"""The results of a Galatent run as numpy arrays, read when they are asked for.

    run = galatent.open("galatent-run")
    run.wavelength                     # (n_wave), angstrom, vacuum
    run.flux[:100]                     # (100, n_wave), normalised; only these rows are read
    run.parameters["log_mass"]         # (n)
    model = run.models[0.3]            # by beta; model.mu is (n, latent)
    model.tables["dimensions"]         # columns by name
    model.history["validation_loss"]   # one number per epoch
    run.seeds[2], run.tables["seeds-scatter"]   # the run of a further seed, and tables of several (reproduce --seeds 3)
"""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import h5py
import numpy as np


class _Lazy(Mapping):
    """Names that are known, and values that are read when one is asked for."""
    def __init__(self, names, read):
        self._names, self._read = sorted(names), read

    def __getitem__(self, name):
        if name not in self._names:
            raise KeyError(f"there is no {name!r}; there are {', '.join(map(str, self._names))}")
        return self._read(name)

    __iter__ = lambda self: iter(self._names)  # noqa: E731
    __len__ = lambda self: len(self._names)  # noqa: E731


class _Flux:
    """Spectra of a file, row by row: flux[3], flux[:100], flux[mask]."""
    def __init__(self, path):
        self._path = path

    def __getitem__(self, rows):
        return _read(self._path, "flux", rows)


class Model:
    """What was learnt at one beta: latents, tables, history, description."""
    def __init__(self, folder):
        self.folder = folder
        self.description = json.loads((folder / "model" / "model.json").read_text(encoding="utf-8"))
        tables = {path.stem: path for path in folder.glob("analysis/*.csv")}
        self.tables = _Lazy(tables, lambda name: _table(tables[name]))

    mu = property(lambda self: _read(self.folder / "latents.h5", "mu"), doc="Posterior means, (n, latent).")
    log_variance = property(lambda self: _read(self.folder / "latents.h5", "log_variance"), doc="ln sigma^2, (n, latent).")
    z = property(lambda self: _read(self.folder / "latents.h5", "z"), doc="One sample of each posterior, (n, latent).")
    history = property(lambda self: _table(self.folder / "model" / "history.csv"), doc="One row per epoch.")


class Run:
    """A run folder."""
    def __init__(self, folder):
        self.folder, spectra = Path(folder), Path(folder) / "spectra.h5"
        if not spectra.exists():
            raise FileNotFoundError(f"'{self.folder}' is no run folder: it has no spectra.h5; 'galatent reproduce' makes one.")
        with h5py.File(spectra) as file:
            names = list(file["parameters"]) if "parameters" in file else []
        self.flux = _Flux(spectra)
        self.parameters = _Lazy(names, lambda name: _read(spectra, f"parameters/{name}"))
        models = {float(path.parent.name[5:]): path.parent for path in self.folder.glob("beta-*/model")}
        self.models = _Lazy(models, lambda beta: Model(models[beta]))
        seeds = {int(path.parent.name[5:]): path.parent for path in self.folder.glob("seed-*/run.json")}
        self.seeds = _Lazy(seeds, lambda seed: Run(seeds[seed]))
        tables = {path.stem: path for path in self.folder.glob("analysis/*.csv")}
        self.tables = _Lazy(tables, lambda name: _table(tables[name]))

    wavelength = property(lambda self: _read(self.folder / "spectra.h5", "wavelength"), doc="Angstrom, vacuum, (n_wave).")


def open(folder):  # noqa: A001 - as in io.open, h5py.File and others
    """A run folder that 'galatent reproduce' has made."""
    return Run(folder)


def _read(path, name, rows=...):
    with h5py.File(path) as file:
        return file[name][rows]


def _table(path):
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(line for line in file if not line.startswith("#"))
    return {name: _column([row[i] for row in rows]) for i, name in enumerate(header)}


def _column(texts):
    try:
        return np.array([float(text) if text else np.nan for text in texts])
    except ValueError:
        return np.array(texts)
