package dev.isoflop.worker.data.mds;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.decode.Limits;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.locate.ShardFolder;
import dev.isoflop.worker.data.shard.locate.ShardLocator;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.ShardFormat;
import dev.isoflop.worker.data.shard.stream.ShardDataset;
import dev.isoflop.worker.data.shard.stream.ShardSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders of MDS shards with images or latents. */
public final class MdsDataset implements ShardFormat {
  private final ExampleContent content;
  private final @Nullable ColumnsSpec columns;

  private MdsDataset(ExampleContent content, @Nullable ColumnsSpec columns) {
    this.content = content;
    this.columns = columns;
  }

  /**
   * Reads the index of every folder that a set names; shards are first looked at when a stream is
   * opened.
   *
   * @param field the setting of the folders, named in errors
   * @throws DataException if there is none, an index is damaged, or a column that is needed is not
   *     there
   */
  public static ShardDataset open(
      DatasetSpec spec, String field, ShardLocator locator, ExampleContent content)
      throws DataException {
    MdsDataset format = new MdsDataset(content, spec.columns());
    List<MdsShard> shards = new ArrayList<>();
    for (ShardFolder folder : locator.locateFolders(spec.uri())) {
      List<MdsShard> listed = MdsIndex.read(field, folder);
      if (!listed.isEmpty()) {
        format.columns(field, listed.get(0)); // so that a wrong name is told at once
      }
      shards.addAll(listed);
    }
    return new ShardDataset(spec.name(), content, new ShardSet(field, shards, format));
  }

  private MdsColumns columns(String field, MdsShard shard) throws DataException {
    return MdsColumns.choose(shard.columns(), columns, content, shard.where(field));
  }

  @Override
  public SampleReader open(String field, Shard shard, int index) throws DataException {
    MdsShard described = (MdsShard) shard;
    return new MdsReader(field, described, index, columns(field, described), Limits.DEFAULT);
  }

  @Override
  public String advice() {
    return "name folders whose index.json lists shards with samples";
  }
}
