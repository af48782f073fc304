using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Storage.Postgres;

/// <summary>The portal's tables on PostgreSQL.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options);
