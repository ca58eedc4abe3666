# One image for the API and the workers, in every mode: SERVICE_TYPE and LIGHTNING_MODE say what a container of it is.
ARG JDK=docker.io/library/eclipse-temurin:25-jdk
ARG JRE=docker.io/library/eclipse-temurin:25-jre

FROM ${JDK} AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -ntp -pl app,azure-standin -am -DskipTests -Dspotless.check.skip=true package && \
    java -Djarmode=tools -jar app/target/app-*.jar extract --layers --destination /layers && \
    mv /layers/application/app-*.jar /layers/application/app.jar && \
    mv azure-standin/target/azure-standin-*-run.jar /azure-standin.jar

# Plays Azure Resource Manager on a laptop (docker-compose.azure.yml); only with --target azure-standin.
FROM ${JRE} AS azure-standin
WORKDIR /app
COPY --from=build /azure-standin.jar ./
COPY scripts/java.flags ./
ENTRYPOINT ["java", "@java.flags", "-jar", "azure-standin.jar"]

FROM ${JRE}
WORKDIR /app
RUN mkdir data && chown 10001 data
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/application/ ./
COPY scripts/java.flags ./
USER 10001
ENV BIND_ADDRESS=0.0.0.0 PORT=8000 LIGHTNING_HOME=/app/data MALLOC_ARENA_MAX=2
EXPOSE 8000 9090
VOLUME /app/data
# LIGHTNING_JAVA_OPTS, as for ./lightning, comes last and so has the last word.
ENTRYPOINT ["sh", "-c", "exec java @java.flags $LIGHTNING_JAVA_OPTS -jar app.jar"]
