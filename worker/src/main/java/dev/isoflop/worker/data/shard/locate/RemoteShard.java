package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.remote.RemoteCache;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A shard behind a URL, downloaded when it is opened. */
public record RemoteShard(URI uri, RemoteCache cache) implements Shard {
  /** Without the query, which may hold a permission. */
  @Override
  public String name() {
    String text = uri.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  @Override
  public String fileName() {
    String path = String.valueOf(uri.getPath());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String identity(String field) {
    return name();
  }

  @Override
  public Optional<Path> local() {
    return Optional.empty();
  }

  @Override
  public void probe(String field) throws DataException {
    cache.probe(uri, field);
  }

  @Override
  public FileChannel open(String field) throws DataException {
    return cache.open(uri, field);
  }

  @Override
  public String toString() {
    return name();
  }
}
