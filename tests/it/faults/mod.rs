mod database;
mod database_tls;
mod kill;
mod read_only;
mod stop;
mod tls;
