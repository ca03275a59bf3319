# Builds where the two base images can be pulled:
#   docker build -t legacyauth . && docker run --rm legacyauth demo
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /legacyauth ./bot/cmd/legacyauth

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /legacyauth /usr/local/bin/legacyauth
USER nonroot
ENTRYPOINT ["/usr/local/bin/legacyauth"]
CMD ["--help"]
