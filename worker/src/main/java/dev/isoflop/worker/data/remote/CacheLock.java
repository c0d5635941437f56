package dev.isoflop.worker.data.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock between the threads of this process and between processes. File locks belong to the whole
 * process, so threads need one of their own before it.
 */
final class CacheLock implements AutoCloseable {
  private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;

  private CacheLock(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  /** Waits for it. */
  static CacheLock take(Path folder, String key) throws IOException, InterruptedException {
    ReentrantLock thread = threadLock(folder, key);
    thread.lockInterruptibly();
    return locked(thread, folder, key, true).orElseThrow();
  }

  /** Takes it if nobody has it. */
  static Optional<CacheLock> tryToTake(Path folder, String key) throws IOException {
    ReentrantLock thread = threadLock(folder, key);
    if (thread.isHeldByCurrentThread() || !thread.tryLock()) {
      return Optional.empty();
    }
    return locked(thread, folder, key, false);
  }

  private static ReentrantLock threadLock(Path folder, String key) {
    return THREADS.computeIfAbsent(folder.resolve(key), path -> new ReentrantLock());
  }

  private static Optional<CacheLock> locked(
      ReentrantLock thread, Path folder, String key, boolean wait) throws IOException {
    boolean done = false;
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(key + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = wait ? channel.lock() : channel.tryLock();
      done = lock != null;
      return done ? Optional.of(new CacheLock(thread, channel)) : Optional.empty();
    } finally {
      if (!done) {
        if (channel != null) {
          channel.close();
        }
        thread.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      thread.unlock();
    }
  }
}
