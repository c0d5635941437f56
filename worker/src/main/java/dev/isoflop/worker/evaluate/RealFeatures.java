package dev.isoflop.worker.evaluate;

import dev.isoflop.common.HeldFolder;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.evaluate.features.FeatureCollector;
import dev.isoflop.worker.evaluate.features.FeatureExtractor;
import dev.isoflop.worker.evaluate.features.FeatureFile;
import dev.isoflop.worker.train.StopSignal;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Features of evaluation sets, computed once for all trials of a sweep: kept under a name that
 * digests all that decides them. Of several workers that need them at once, one computes. A file
 * whose bytes are not those that were written is computed again.
 */
final class RealFeatures {
  private static final long POLL_MILLIS = 50;

  private final EvaluationPlace place;
  private final StopSignal stop;

  RealFeatures(EvaluationPlace place, StopSignal stop) {
    this.place = place;
    this.stop = stop;
  }

  /**
   * The features of the set's examples, in their order; empty if asked to stop before the end.
   *
   * @param batchSize examples read at once
   * @throws DataException if the set cannot be read or the extractor cannot take it
   */
  Optional<FeatureFile> of(EvaluationSet set, FeatureExtractor extractor, int batchSize)
      throws DataException, IOException, InterruptedException {
    String name = "features-" + name(set, extractor) + ".f32";
    Path file = place.cache().resolve(name);
    try (HeldFolder cache = HeldFolder.make(place.cache())) {
      while (true) {
        Optional<FeatureFile> kept = FeatureFile.find(file);
        if (kept.isPresent() || stop.requested()) {
          return kept;
        }
        try (FileChannel channel =
                cache.open(name + ".lock", StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel)) {
          if (lock == null) {
            Thread.sleep(POLL_MILLIS);
          } else {
            kept = FeatureFile.find(file); // of who held the lock meanwhile
            if (kept.isPresent() || !compute(set, extractor, batchSize, file)) {
              return kept;
            }
          }
        }
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) { // held by another thread of this process
      return null;
    }
  }

  private static String name(EvaluationSet set, FeatureExtractor extractor) throws DataException {
    MeasurementRecord what =
        MeasurementRecord.of("features", 1)
            .with("data", set.set().digest())
            .with("imageShape", set.set().imageShape())
            .with("examples", set.examples());
    for (Map.Entry<String, String> entry : extractor.identity().entrySet()) {
      what = what.with(entry.getKey(), entry.getValue());
    }
    return what.digest().substring("sha256:".length());
  }

  /** Whether it came to the end. */
  private boolean compute(EvaluationSet set, FeatureExtractor extractor, int batchSize, Path file)
      throws DataException, IOException, InterruptedException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (BatchReader batches = set.batches(batchSize);
        FeatureCollector collector =
            new FeatureCollector(place.manager(), extractor, set.set().imageShape(), unfinished)) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        if (stop.requested()) {
          return false;
        }
        Batch batch = next.get();
        collector.add(batch.images().order(ByteOrder.nativeOrder()).asFloatBuffer(), batch.size());
      }
      collector.finish();
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
