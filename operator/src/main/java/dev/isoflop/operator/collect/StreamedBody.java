package dev.isoflop.operator.collect;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A body that is handed to a reader part by part, and given up once the reader refuses it. */
final class StreamedBody implements BodySubscriber<Void> {
  private final AnswerReader reader;
  private final CompletableFuture<Void> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  private StreamedBody(AnswerReader reader) {
    this.reader = reader;
  }

  /** The body of a response with status 200; that of any other is not read. */
  static StreamedBody of(ResponseInfo response, AnswerReader reader) {
    StreamedBody streamed = new StreamedBody(reader);
    if (response.statusCode() != 200) {
      streamed.body.completeExceptionally(
          new UnreadableAnswerException("HTTP status " + response.statusCode()));
    }
    return streamed;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription opened) {
    subscription = opened;
    if (body.isDone()) {
      opened.cancel();
    } else {
      opened.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (body.isDone() || subscription == null) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        reader.take(part, 0, part.length);
      }
      subscription.request(1);
    } catch (UnreadableAnswerException e) {
      subscription.cancel();
      body.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    try {
      reader.end();
      body.complete(null);
    } catch (UnreadableAnswerException e) {
      body.completeExceptionally(e);
    }
  }
}
