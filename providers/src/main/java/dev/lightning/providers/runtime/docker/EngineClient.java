package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.time.Duration;

/** Makes clients of the engine's API, which connect with their first call. */
final class EngineClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private EngineClient() {}

    static DockerClientImpl of(DockerRuntimeSettings settings, int connections) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(settings.host())
                .build();
        return (DockerClientImpl) DockerClientImpl.getInstance(
                config,
                new CorrectedAnswers(new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT)
                        .maxConnections(connections)
                        .build()));
    }
}
