"""The training loop: accelerate around one module, resumable at any step, ended by steps or time.

On one process a run that was killed and taken up again gives the same weights as one that was
not, unless wall time decides where it ends.
"""

import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import broadcast
from tqdm import tqdm

from ..students.tokenizers import StudentTokenizer
from . import checkpoint
from .batching import IGNORED, collate, epoch_batches, ordered_batches
from .checkpoint import BEST_FILE, CHECKPOINT_FILE, Progress
from .data import Rows, TrainingData
from .loss import base_model, build_loss
from .schedule import Limits, build_optimizer, learning_rate
from .settings import TrainConfig
from .twin import Twin

LOG_FILE = "progress.jsonl"
SMOOTH = 0.98  # of the running mean of the loss that is shown
SECONDS_PER_MINUTE, SECONDS_PER_HOUR = 60, 3600


class Trainer:
    """Fits a model in place; `export` gets the progress whenever there is a checkpoint."""

    def __init__(
        self,
        model: Any,
        tokenizer: StudentTokenizer,
        data: TrainingData,
        config: TrainConfig,
        out_dir: Path,
        export: Callable[[Progress], None],
    ):
        if config.threads:
            torch.set_num_threads(config.threads)
        self.config, self.data, self.out_dir, self.export = config, data, out_dir, export
        self.tokenizer = tokenizer
        on_cpu = not torch.accelerator.is_available()
        twinned = on_cpu and config.precision == "bf16"
        self.accelerator = Accelerator(
            cpu=on_cpu, mixed_precision="no" if twinned else config.precision
        )
        if on_cpu:
            # The fused kernel is slower there for short sentences: 25 % of a step against 5 %.
            base_model(model).set_attn_implementation("eager")
        self.decoder_start = base_model(model).config.decoder_start_token_id
        self.unwrapped = build_loss(model, tokenizer, config)
        self.trainable = {n: p for n, p in self.unwrapped.named_parameters() if p.requires_grad}
        self.first = self._weights() if config.start_share else {}
        optimizer = build_optimizer(list(self.trainable.values()), config.optimizer)
        self.twin = Twin(self.unwrapped) if twinned else None
        self.computing = self.twin.module if self.twin else self.unwrapped
        self.module, self.optimizer = self.accelerator.prepare(self.computing, optimizer)
        if config.compile:
            self.module = torch.compile(self.module, dynamic=True)
        self.limits = Limits(
            self._step_limit(),
            config.max_hours * SECONDS_PER_HOUR if config.max_hours else None,
        )
        self.identity = checkpoint.identity(config, data)
        self.progress = Progress()
        self._loss = 0.0

    def fit(self) -> Progress:
        """Train to the end, take the best weights seen, averaged with the first ones if that is
        asked for, and return where that was."""
        torch.manual_seed(self.config.seed + self.accelerator.process_index)
        self._resume()
        self.out_dir.mkdir(parents=True, exist_ok=True)
        state = self.progress
        self._started = time.monotonic() - state.seconds
        self._saved = state.seconds
        with tqdm(initial=state.step, total=self.limits.steps, unit="step", disable=None) as bar:
            groups = self._groups()
            while not self._done():
                self._train_on(next(groups), bar)
        if not state.stopped:
            if state.step % self.config.eval_steps:
                self._evaluate()
            state.stopped = True
            self._save()
        self._restore(self._averaged(checkpoint.load(self.out_dir / BEST_FILE)))
        return state

    def evaluate(self) -> float:
        """Cross-entropy per target token on the held-out rows, in nats."""
        self.computing.eval()
        total, tokens = 0.0, 0
        rows = self.data.held_out
        with torch.no_grad(), self.accelerator.autocast():
            for numbers in ordered_batches(rows, self.config.batch_tokens):
                batch = self._collate(rows, numbers)
                count = int((batch.labels != IGNORED).sum())
                total += self.computing(batch).item() * count
                tokens += count
        self.computing.train()
        return total / tokens

    def _groups(self) -> Iterator[list[Any]]:
        """Groups of micro-batches that make one update, epoch after epoch."""
        state, size = self.progress, self.config.accumulate
        while True:
            mine = self._shard(state.epoch)
            for start in range(state.batch, len(mine), size):
                state.batch = min(start + size, len(mine))
                yield mine[start : start + size]
            state.epoch, state.batch = state.epoch + 1, 0

    def _shard(self, epoch: int) -> list[Any]:
        """This process' share of an epoch; all have the same number of batches."""
        batches = epoch_batches(self.data.train, self.config.batch_tokens, self.config.seed, epoch)
        rank, count = self.accelerator.process_index, self.accelerator.num_processes
        # With fewer batches than processes all take all, rather than some none.
        return batches[rank::count][: len(batches) // count] or batches

    def _train_on(self, group: list[Any], bar: Any) -> None:
        state, config = self.progress, self.config
        fraction = self.limits.fraction(state.step, state.seconds)
        rate = learning_rate(config.optimizer, state.step, fraction)
        for parameters in self.optimizer.param_groups:
            parameters["lr"] = rate
        for left, numbers in zip(reversed(range(len(group))), group, strict=True):
            batch = self._collate(self.data.train, numbers)
            # Gradients travel between processes with the last micro-batch only.
            with self.accelerator.no_sync(self.module) if left else nullcontext():
                loss = self.module(batch)
                self.accelerator.backward(loss / len(group))
            state.tokens += int((batch.labels != IGNORED).sum()) * self.accelerator.num_processes
        if self.twin:
            self.twin.hand_over_gradients()
        self.accelerator.clip_grad_norm_(self.trainable.values(), config.optimizer.clip_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()
        if self.twin:
            self.twin.refresh()
        state.step += 1
        state.seconds = self._clock()
        self._report(loss.item(), rate, bar)
        if state.step % config.eval_steps == 0:
            self._evaluate()
            self._save()
        elif state.seconds - self._saved > config.save_minutes * SECONDS_PER_MINUTE:
            self._save()

    def _step_limit(self) -> int | None:
        """The fewer of `max_steps` and the updates in `epochs`, or None."""
        config, limits = self.config, []
        if config.max_steps is not None:
            limits.append(config.max_steps)
        if config.epochs is not None:
            updates = math.ceil(len(self._shard(0)) / config.accumulate)
            limits.append(max(1, round(config.epochs * updates)))
        return min(limits, default=None)

    def _clock(self) -> float:
        """Seconds of training so far, over all sittings; the first process' for all."""
        seconds = time.monotonic() - self._started
        if self.accelerator.num_processes == 1:
            return seconds
        return broadcast(torch.tensor(seconds, device=self.accelerator.device)).item()

    def _done(self) -> bool:
        state = self.progress
        return state.stopped or self.limits.fraction(state.step, state.seconds) >= 1

    def _collate(self, rows: Rows, numbers: Any) -> Any:
        batch = collate(rows, numbers, self.tokenizer.pad, self.decoder_start)
        return batch.to(self.accelerator.device)

    def _report(self, loss: float, rate: float, bar: Any) -> None:
        state = self.progress
        self._loss = loss if state.step == 1 else SMOOTH * self._loss + (1 - SMOOTH) * loss
        bar.update()
        if state.step % self.config.log_steps == 0:
            speed = state.tokens / max(state.seconds, 1e-9)
            bar.set_postfix(loss=f"{self._loss:.3f}", tokens_per_s=f"{speed:.0f}")
            self._log(loss=round(self._loss, 4), rate=rate, tokens_per_second=round(speed))

    def _log(self, **values: Any) -> None:
        if self.accelerator.is_main_process:
            state = self.progress
            known = {"step": state.step, "epoch": state.epoch, "seconds": round(state.seconds, 1)}
            with (self.out_dir / LOG_FILE).open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({**known, "tokens": state.tokens, **values}) + "\n")

    def _evaluate(self) -> None:
        state = self.progress
        loss = self.evaluate()
        self._log(held_out=round(loss, 4))
        if loss < state.best:
            state.best, state.stale = loss, 0
            if self.accelerator.is_main_process:
                checkpoint.save(self._weights(), self.out_dir / BEST_FILE)
        else:
            state.stale += 1
            state.stopped = self.config.patience is not None and state.stale >= self.config.patience

    def _averaged(self, best: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        share = self.config.start_share
        return {n: w.lerp(self.first[n], share) for n, w in best.items()} if share else best

    def _weights(self) -> dict[str, torch.Tensor]:
        return {name: p.detach().cpu().clone() for name, p in self.trainable.items()}

    def _save(self) -> None:
        """Write everything that a later sitting needs, then the student as it is now."""
        # By the clock that all processes share: one that saved alone would wait for ever.
        self._saved = self.progress.seconds
        if self.accelerator.is_main_process:
            state = {
                "progress": asdict(self.progress),
                "smoothed_loss": self._loss,
                "identity": self.identity,
                "weights": self._weights(),
                "optimizer": self.optimizer.state_dict(),
                "objective": dict(self.computing.state),
                "random": torch.get_rng_state(),
            }
            checkpoint.save(state, self.out_dir / CHECKPOINT_FILE)
            self.export(self.progress)
        self.accelerator.wait_for_everyone()

    def _resume(self) -> None:
        found = checkpoint.resume(self.out_dir / CHECKPOINT_FILE, self.identity)
        if found is not None:
            self.progress, saved = found
            self._loss = saved["smoothed_loss"]
            self._restore(saved["weights"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.computing.state.update(saved.get("objective", {}))
            torch.set_rng_state(saved["random"])

    def _restore(self, weights: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self.trainable.items():
                parameter.copy_(weights[name])
        if self.twin:
            self.twin.refresh()
