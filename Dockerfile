# The hub alone; its database is somebody else's (ConnectionStrings__Hub). See compose.yaml for both together.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json .editorconfig Directory.Build.props Directory.Packages.props ./
COPY src/Dsm.Sdmx/Dsm.Sdmx.csproj src/Dsm.Sdmx/
COPY src/Dsm.Cli/Dsm.Cli.csproj src/Dsm.Cli/
COPY src/Dsm.Exchange/Dsm.Exchange.csproj src/Dsm.Exchange/
COPY src/Dsm.Web/Dsm.Web.csproj src/Dsm.Web/
RUN dotnet restore src/Dsm.Web/Dsm.Web.csproj
COPY src/ src/
COPY structures/ structures/
RUN dotnet publish src/Dsm.Web/Dsm.Web.csproj --configuration Release --no-restore --output /app

# The ordinary image, not the chiselled one: it has ICU and the time zones, which languages and reference periods need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /data && chown "$APP_UID:$APP_UID" /data
WORKDIR /app
COPY --from=build /app ./
COPY --from=build /source/structures ./structures/
ENV Hub__Urls=http://+:8080 \
    Hub__StructuresPath=/app/structures \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    ASPNETCORE_HTTP_PORTS= \
    TZ=UTC
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD curl --fail --silent --show-error http://127.0.0.1:8080/health/ready || exit 1
# --empty: the demonstration's national systems are not part of the image.
ENTRYPOINT ["dotnet", "Dsm.Web.dll", "--port", "8080", "--data", "/data", "--empty"]
