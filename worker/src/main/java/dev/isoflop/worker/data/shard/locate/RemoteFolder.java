package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.remote.RemoteCache;
import java.net.URI;
import java.util.List;

/** The files whose URLs begin alike; a query is kept behind each. */
record RemoteFolder(URI uri, RemoteCache cache) implements ShardFolder {
  @Override
  public String name() {
    return new RemoteShard(uri, cache).name();
  }

  @Override
  public Shard file(String basename, String where) throws DataException {
    String folder = name().endsWith("/") ? name() : name() + "/";
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String file = ShardFolder.requireSafe(basename, where);
    return new RemoteShard(URI.create(folder + file + query), cache);
  }

  @Override
  public List<String> foldersHolding(String basename) {
    return List.of(); // a server lists nothing
  }

  @Override
  public boolean mayHave(String basename) {
    return false; // what an index lists is fetched; what it does not is not looked for
  }

  @Override
  public String toString() {
    return name();
  }
}
