//! HTTP: parse, call one flow, render. No decisions.

mod admin;
pub mod api;
pub mod assets;
pub mod brand;
pub mod browser;
pub mod csrf;
pub mod ctx;
pub mod error;
mod failure;
pub mod form;
pub mod frame;
pub mod health;
pub mod html;
mod language;
mod oauth;
mod page;
pub mod routes;
pub mod serve;
mod signed_in;
pub mod theme;
pub mod tls;
mod upload;
pub mod view;
mod words;

pub use routes::configure;
