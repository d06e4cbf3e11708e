mod database;
mod kill;
mod stop;
mod tls;
