package dev.isoflop.worker.data.mds;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.locate.ShardFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads an {@code index.json}. */
final class MdsIndex {
  static final String NAME = "index.json";

  private static final int MOST_BYTES = 256 << 20;
  private static final int MOST_COLUMNS = 1024;
  private static final int DEEPEST = 32;
  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final String field;
  private final ShardFolder folder;
  private final String where;

  private MdsIndex(String field, ShardFolder folder, String where) {
    this.field = field;
    this.folder = folder;
    this.where = where;
  }

  /** The shards that the index of a folder lists. */
  static List<MdsShard> read(String field, ShardFolder folder) throws DataException {
    Shard index = folder.file(NAME, folder.name());
    return new MdsIndex(field, folder, index.where(field)).shards(index);
  }

  private List<MdsShard> shards(Shard index) throws DataException {
    JsonNode root;
    try {
      root = JSON.readTree(content(index));
    } catch (DataException e) {
      throw e.kind() == Kind.Missing ? missing(e) : e;
    } catch (JsonProcessingException e) {
      throw corrupt("is not JSON (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw index.unreadable(field, e);
    }
    if (root.path("version").asInt() != 2 || !root.path("shards").isArray()) {
      throw corrupt("is not an index of version 2");
    }
    List<MdsShard> shards = new ArrayList<>();
    for (JsonNode shard : root.path("shards")) {
      shards.add(shard(shard));
    }
    return shards;
  }

  /** No index was ever there, or it lies in the folders below. */
  private DataException missing(DataException cause) {
    List<String> below = folder.foldersHolding(NAME);
    return new DataException(
        Kind.Missing,
        field + ", folder " + folder.name(),
        "holds no " + NAME + ", which lists its shards",
        below.isEmpty()
            ? "name the folder that MDSWriter wrote, or write the index again"
            : "name the folders below that hold one: %s/%s"
                .formatted(folder.name(), below.size() == 1 ? below.get(0) : "*"),
        cause);
  }

  private byte[] content(Shard index) throws DataException, IOException {
    try (FileChannel channel = index.open(field)) {
      if (channel.size() > MOST_BYTES) {
        throw new DataException(
            Kind.TooLarge,
            where,
            "its %d bytes are over the bound of %d".formatted(channel.size(), MOST_BYTES),
            "split the data set");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes);
      }
      return bytes.array();
    }
  }

  private MdsShard shard(JsonNode shard) throws DataException {
    if (!shard.path("format").asText().equals("mds")) {
      throw corrupt("lists a shard of the format '%s'".formatted(shard.path("format").asText()));
    }
    JsonNode raw = shard.path("raw_data");
    JsonNode packed = shard.path("zip_data");
    String rawName = raw.path("basename").asText();
    List<MdsColumn> columns = columns(shard);
    long samples = whole(shard, "samples");
    long bytes = whole(raw, "bytes");
    if (!packed.isObject() || folder.mayHave(rawName)) {
      return new MdsShard(
          folder.file(rawName, where), MdsCompression.NONE, bytes, samples, columns);
    }
    String compression = shard.path("compression").asText();
    Optional<MdsCompression> known = MdsCompression.of(compression);
    if (known.isEmpty()) {
      throw new DataException(
          Kind.Setting,
          where,
          "its shards are compressed with '" + compression + "', which is not read",
          "unpack them in place, or write them with zstd, gz, bz2 or without compression");
    }
    return new MdsShard(
        folder.file(packed.path("basename").asText(), where), known.get(), bytes, samples, columns);
  }

  private List<MdsColumn> columns(JsonNode shard) throws DataException {
    JsonNode names = shard.path("column_names");
    JsonNode encodings = shard.path("column_encodings");
    JsonNode sizes = shard.path("column_sizes");
    int count = names.size();
    if (count == 0 || count > MOST_COLUMNS || encodings.size() != count || sizes.size() != count) {
      throw corrupt(
          "lists a shard with %d column names, %d encodings and %d sizes"
              .formatted(count, encodings.size(), sizes.size()));
    }
    List<MdsColumn> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // A size of 0 means the same as none; that is how its own reader takes it.
      int size = sizes.get(i).isNumber() ? (int) whole(sizes.get(i), names.get(i).asText()) : 0;
      columns.add(
          new MdsColumn(
              names.get(i).asText(),
              encodings.get(i).asText(),
              size == 0 ? OptionalInt.empty() : OptionalInt.of(size)));
    }
    return columns;
  }

  private long whole(JsonNode object, String name) throws DataException {
    JsonNode number = object.isNumber() ? object : object.path(name);
    long value = number.asLong(-1);
    if (!number.canConvertToExactIntegral() || value < 0 || value > Integer.MAX_VALUE * 2L + 1) {
      throw corrupt("has the value %s for %s".formatted(number, name));
    }
    if (object.isNumber() && value > Integer.MAX_VALUE) {
      throw corrupt("has a column of %d bytes".formatted(value));
    }
    return value;
  }

  private DataException corrupt(String problem) {
    return new DataException(
        Kind.Corrupt, where, problem, "write the data set again with streaming.MDSWriter");
  }
}
