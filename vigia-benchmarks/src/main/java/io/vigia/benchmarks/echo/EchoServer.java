package io.vigia.benchmarks.echo;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers every request with its own body, after the body has gone through Kafka twice: HTTP,
 * topic, plain consumer, topic, plain consumer, HTTP.
 *
 * <p>The same HTTP server, topics and client settings as the product's, without decoding, state,
 * rules, deadlines and store.
 */
public final class EchoServer implements AutoCloseable {
  private static final String GOING = "bench.echo.in";
  private static final String COMING = "bench.echo.out";
  private static final String NUMBER = "number";
  private static final int PARTITIONS = 4;

  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final KafkaProducer<byte[], byte[]> front;
  private final KafkaProducer<byte[], byte[]> back;
  private final PlainConsumer relay;
  private final PlainConsumer listener;
  private final Vertx vertx = Vertx.vertx();

  private record Waiting(Context loop, HttpServerResponse response) {}

  private EchoServer(String bootstrapServers, int port) {
    createTopics(bootstrapServers);
    front = producer(bootstrapServers);
    back = producer(bootstrapServers);
    relay = PlainConsumer.start(bootstrapServers, GOING, PARTITIONS, this::relay);
    listener = PlainConsumer.start(bootstrapServers, COMING, PARTITIONS, this::answer);
    vertx
        .deployVerticle(
            () -> new Listener(port),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** Starts to listen on the loopback interface. */
  public static EchoServer start(String bootstrapServers, int port) {
    return new EchoServer(bootstrapServers, port);
  }

  private static void createTopics(String bootstrapServers) {
    Map<String, String> config = Map.of("message.timestamp.type", "LogAppendTime");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(GOING, PARTITIONS, (short) 1).configs(config),
                  new NewTopic(COMING, PARTITIONS, (short) 1).configs(config)))
          .all()
          .get(15, TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("topics of the echo: got " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("topics of the echo: interrupted", e);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void take(HttpServerRequest request, Context loop) {
    request
        .body()
        .onSuccess(
            body -> {
              long number = numbers.incrementAndGet();
              waiting.put(number, new Waiting(loop, request.response()));
              ProducerRecord<byte[], byte[]> record =
                  new ProducerRecord<>(GOING, (int) (number % PARTITIONS), null, body.getBytes());
              record.headers().add(NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
              var unused = front.send(record);
            });
  }

  private void relay(ConsumerRecord<byte[], byte[]> taken) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(COMING, taken.partition(), null, taken.value());
    record.headers().add(taken.headers().lastHeader(NUMBER));
    var unused = back.send(record);
  }

  private void answer(ConsumerRecord<byte[], byte[]> record) {
    long number = ByteBuffer.wrap(record.headers().lastHeader(NUMBER).value()).getLong();
    Waiting request = waiting.remove(number);
    if (request != null) {
      request.loop.runOnContext(
          now ->
              request
                  .response
                  .putHeader("content-type", "application/json")
                  .end(Buffer.buffer(record.value())));
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(2, TimeUnit.SECONDS).join();
    relay.close();
    listener.close();
    front.close(java.time.Duration.ofMillis(200));
    back.close(java.time.Duration.ofMillis(200));
  }

  /** One event loop's share of the requests. */
  private final class Listener extends AbstractVerticle {
    private final int port;

    Listener(int port) {
      this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
      vertx
          .createHttpServer(
              new HttpServerOptions().setTcpNoDelay(true).setCompressionSupported(false))
          .requestHandler(request -> take(request, vertx.getOrCreateContext()))
          .listen(port, "127.0.0.1")
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
