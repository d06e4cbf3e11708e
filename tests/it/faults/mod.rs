mod database;
mod database_tls;
mod kill;
mod stop;
mod tls;
