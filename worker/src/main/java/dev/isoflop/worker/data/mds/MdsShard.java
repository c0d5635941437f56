package dev.isoflop.worker.data.mds;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.locate.Shard;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A shard as an index describes it.
 *
 * @param file where its bytes are
 * @param compression how they are packed
 * @param rawBytes its bytes, unpacked
 * @param samples its samples, those without an input included
 * @param columns in their stored order
 */
record MdsShard(
    Shard file, MdsCompression compression, long rawBytes, long samples, List<MdsColumn> columns)
    implements Shard {
  MdsShard {
    columns = List.copyOf(columns);
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public String fileName() {
    return file.fileName();
  }

  @Override
  public String identity(String field) throws DataException {
    return file.identity(field);
  }

  @Override
  public Optional<Path> local() {
    return file.local();
  }

  @Override
  public void probe(String field) throws DataException {
    file.probe(field);
  }

  @Override
  public FileChannel open(String field) throws DataException {
    return file.open(field);
  }
}
