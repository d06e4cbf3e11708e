mod database;
mod database_tls;
mod kill;
mod post;
mod read_only;
mod stop;
mod tls;
